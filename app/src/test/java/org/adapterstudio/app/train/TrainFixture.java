package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** A base, a data file and the answers an engine would give about them. */
public final class TrainFixture {
  private TrainFixture() {}

  /** A recipe whose base and data are there. */
  public static Recipe recipe(Path folder) {
    Path model = TinyModels.llama(folder.resolve("tiny-llama"), 32);
    Path data =
        TinyModels.write(
            folder.resolve("orders.jsonl"),
            "{\"instruction\": \"Order 3 lamps\", \"output\": \"{}\"}\n".repeat(20));
    return new Recipe(
        1,
        null,
        Recipe.Model.of(model.toString()),
        Recipe.Data.of(data.toString()),
        null,
        null,
        null);
  }

  /** A data file of 9 804 rows, with or without three broken ones. */
  public static Reply.DataPreviewed preview(boolean bad) {
    var random = new Random(3);
    var lengths = new ArrayList<Integer>();
    for (int i = 0; i < 9804; i++) {
      lengths.add((int) Math.abs(160 + 110 * random.nextGaussian()) + 12);
    }
    List<Reply.BadRow> rows =
        bad
            ? List.of(
                new Reply.BadRow("orders.jsonl", 17, "output", "is empty"),
                new Reply.BadRow("orders.jsonl", 402, "instruction", "is missing"),
                new Reply.BadRow("orders.jsonl", 3011, "", "is not valid JSON"))
            : List.of();
    return new Reply.DataPreviewed(
        "instruction",
        List.of("instruction", "output"),
        9314,
        490,
        lengths,
        12,
        41,
        7,
        rows,
        List.of(
            new Reply.RenderedRow(
                1,
                34,
                List.of(
                    new Reply.Piece(
                        "<|user|>\nOrder 3 blue lamps for Tuesday\n<|assistant|>\n", false),
                    new Reply.Piece(
                        "{\"item\": \"lamp\", \"count\": 3, \"day\": \"Tue\"}</s>", true))),
            new Reply.RenderedRow(
                2,
                29,
                List.of(
                    new Reply.Piece("<|user|>\nCancel the two chairs\n<|assistant|>\n", false),
                    new Reply.Piece("{\"cancel\": true, \"item\": \"chair\"}</s>", true)))),
        List.of());
  }

  /** Columns that fit no format. */
  static Reply.DataPreviewed unclear(String... columns) {
    var problem =
        new Problem(
            "data",
            "notes.jsonl has the columns "
                + String.join(", ", columns)
                + ", which fit no known format. Map them in data.columns.");
    return new Reply.DataPreviewed(
        "", List.of(columns), 0, 0, List.of(), 0, 0, 0, List.of(), List.of(), List.of(problem));
  }

  /** Texts with labels. */
  static Reply.DataPreviewed labelled() {
    var lengths = new ArrayList<Integer>();
    var random = new Random(5);
    for (int i = 0; i < 1800; i++) {
      lengths.add((int) Math.abs(24 + 14 * random.nextGaussian()) + 3);
    }
    return shown(
        "classification",
        List.of("text", "label"),
        lengths,
        row(1, 21, "A film that knows what it wants and takes its time to get there.", "positive"),
        row(2, 9, "Two hours I will not get back.", "negative"));
  }

  /** Pictures with their classes. */
  static Reply.DataPreviewed pictures() {
    return shown(
        "pictures",
        List.of("file_name", "label"),
        List.of(),
        row(0, 0, "boots/0017.png", "boots"),
        row(0, 0, "sandals/0003.png", "sandals"),
        row(0, 0, "sneakers/0240.png", "sneakers"));
  }

  private static Reply.RenderedRow row(int line, int tokens, String text, String label) {
    var pieces = List.of(new Reply.Piece(text + "  ", false), new Reply.Piece(label, true));
    return new Reply.RenderedRow(line, tokens, pieces);
  }

  private static Reply.DataPreviewed shown(
      String format, List<String> columns, List<Integer> lengths, Reply.RenderedRow... rows) {
    return new Reply.DataPreviewed(
        format, columns, 810, 90, lengths, 0, 0, 0, List.of(), List.of(rows), List.of());
  }

  /** A plan that fits. */
  public static Reply.Planned plan() {
    return new Reply.Planned(
        List.of(),
        1746,
        9314,
        490,
        1_228_800,
        28_312_576,
        new Reply.Memory(
            113_000_000, 0, 5_000_000, 5_000_000, 10_000_000, 420_000_000, 900_000_000),
        88_000_000L,
        412_000_000_000L);
  }

  /** Answers the last request of each kind that is still open. */
  static void answer(FakeEngine engine, Reply preview, Reply plan) {
    for (FakeEngine.Asked asked : List.copyOf(engine.asked)) {
      if (!asked.last().isDone()) {
        asked.reply(asked.request instanceof Request.PreviewData ? preview : plan);
      }
    }
  }
}
