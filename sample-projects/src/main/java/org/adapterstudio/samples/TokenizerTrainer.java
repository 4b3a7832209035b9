package org.adapterstudio.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * Learns a byte-level BPE vocabulary (arXiv:1508.07909) from text: the most frequent neighbouring
 * pair inside a word is joined, again and again. Digits, marks and spaces stay single, so a word is
 * the same token after a space, after a quotation mark and at the start of an answer: a small model
 * then copies words without learning every one of them twice.
 */
public final class TokenizerTrainer {
  /** The most tokens there may be; fewer where every word is whole before. */
  static final int VOCABULARY = 768;

  /** What is cut out of a text before anything is joined, as a regular expression. */
  static final String WORD = "\\p{L}+|[^\\p{L}]";

  private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

  /** Frequency of each word, as its present pieces. */
  private final Map<List<String>, Long> words = new LinkedHashMap<>();

  private final List<String> merges = new ArrayList<>();

  private TokenizerTrainer() {}

  /** {@code TEXTS.jsonl FOLDER}: learns from the texts, writes the tokenizer's two files. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: TokenizerTrainer TEXTS.jsonl FOLDER");
      System.exit(2);
    }
    var texts = new ArrayList<String>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      Json.parse(line, args[0]).findValuesAsText("content", texts);
    }
    String json = train(texts);
    Files.createDirectories(Path.of(args[1]));
    AtomicFile.write(Path.of(args[1], "tokenizer.json"), json);
    AtomicFile.write(Path.of(args[1], "tokenizer_config.json"), TokenizerFile.config());
  }

  /** The content of tokenizer.json learned from texts. */
  static String train(List<String> texts) {
    var trainer = new TokenizerTrainer();
    texts.forEach(trainer::count);
    int joins = VOCABULARY - Chat.SPECIAL.size() - 256;
    for (int i = 0; i < joins && trainer.joinOnce(); i++) {}
    return TokenizerFile.json(trainer.merges);
  }

  private void count(String text) {
    LETTERS
        .matcher(text)
        .results()
        .forEach(word -> words.merge(pieces(word.group()), 1L, Long::sum));
  }

  private static List<String> pieces(String word) {
    var pieces = new ArrayList<String>();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      pieces.add(ByteLetters.of(b & 255));
    }
    return pieces;
  }

  /** Joins the most frequent pair (the alphabet decides a tie); false if every word is whole. */
  private boolean joinOnce() {
    var counts = new TreeMap<String, Long>();
    words.forEach(
        (pieces, times) -> {
          for (int i = 1; i < pieces.size(); i++) {
            counts.merge(pieces.get(i - 1) + " " + pieces.get(i), times, Long::sum);
          }
        });
    String best = null;
    for (var entry : counts.entrySet()) {
      best = best == null || entry.getValue() > counts.get(best) ? entry.getKey() : best;
    }
    if (best == null) {
      return false;
    }
    merges.add(best);
    apply(best.substring(0, best.indexOf(' ')), best.substring(best.indexOf(' ') + 1));
    return true;
  }

  private void apply(String left, String right) {
    var joined = new LinkedHashMap<List<String>, Long>();
    words.forEach((pieces, times) -> joined.put(join(pieces, left, right), times));
    words.clear();
    words.putAll(joined);
  }

  private static List<String> join(List<String> pieces, String left, String right) {
    var out = new ArrayList<String>();
    for (String piece : pieces) {
      if (!out.isEmpty() && out.getLast().equals(left) && piece.equals(right)) {
        out.set(out.size() - 1, left + right);
      } else {
        out.add(piece);
      }
    }
    return out;
  }
}
