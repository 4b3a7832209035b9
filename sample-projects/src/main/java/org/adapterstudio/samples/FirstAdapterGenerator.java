package org.adapterstudio.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Writes the texts of the sample project "first adapter"; the same seeds give the same bytes. */
public final class FirstAdapterGenerator {
  static final long PRETRAIN_SEED = 1;
  static final long TRAIN_SEED = 2;
  static final long EVAL_SEED = 3;
  static final int PRETRAIN_ROWS = 40_000;
  static final int TRAIN_ROWS = 2_400;
  static final int EVAL_ROWS = 240;

  private FirstAdapterGenerator() {}

  /** A request and the one right answer to it. */
  record Row(String request, String answer) {
    /** The row as a line of a {@code messages} file. */
    String line() {
      return new Chat().user(request).assistant(answer).line();
    }
  }

  /** {@code data FOLDER} writes the adapter's rows, {@code pretrain FILE} the base's texts. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: FirstAdapterGenerator data FOLDER | pretrain FILE");
      System.exit(2);
    }
    Path to = Path.of(args[1]);
    if (args[0].equals("pretrain")) {
      writePretraining(to);
    } else {
      writeData(to);
    }
  }

  /** The rows held out from training; training never draws from their seed. */
  static List<Row> eval() {
    return rows(EVAL_SEED, EVAL_ROWS, Set.of());
  }

  /** The rows to train on; a request that is held out is drawn again. */
  static List<Row> train() {
    var held = new HashSet<String>();
    eval().forEach(row -> held.add(row.request()));
    return rows(TRAIN_SEED, TRAIN_ROWS, held);
  }

  /** The conversations that the base is trained on. */
  static Stream<Chat> pretraining() {
    return Stream.generate(new Pretraining(PRETRAIN_SEED)::next).limit(PRETRAIN_ROWS);
  }

  private static List<Row> rows(long seed, int count, Set<String> not) {
    var random = new SplittableRandom(seed);
    var seen = new HashSet<>(not);
    var rows = new ArrayList<Row>();
    while (rows.size() < count) {
      Order order = Order.draw(random);
      var row = new Row(Phrasing.request(order, random), order.json());
      if (seen.add(row.request())) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static void writeData(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("train.jsonl"), train());
    write(folder.resolve("eval.jsonl"), eval());
  }

  private static void write(Path file, List<Row> rows) throws IOException {
    Files.write(file, rows.stream().map(Row::line).toList());
  }

  private static void writePretraining(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, (Iterable<String>) pretraining().map(Chat::line)::iterator);
  }
}
