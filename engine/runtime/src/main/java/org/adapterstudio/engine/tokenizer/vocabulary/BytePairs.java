package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.json.Json;

/**
 * Pairs of byte characters, merged in the order of merges.txt (Sennrich et al. 2016, over bytes as
 * in GPT-2): vocab.json maps pieces to ids, a line of merges.txt names two pieces that become one.
 */
record BytePairs(TokenizerKind kind, Path vocabulary, Path merges, Map<String, Integer> ids)
    implements Vocabulary {
  private static final int LARGEST_ID = 1 << 24;

  /** Share of the vocabulary that may lie beside the merges (whole words put in by hand). */
  private static final double UNMADE = 0.05;

  static BytePairs read(TokenizerKind kind, Path folder) {
    Path file = folder.resolve("vocab.json");
    Map<String, Integer> ids = ids(file);
    var read = new BytePairs(kind, file, folder.resolve("merges.txt"), ids);
    read.requireEveryByte();
    return read;
  }

  private static Map<String, Integer> ids(Path file) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    Map<Integer, String> taken = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : TextFile.object(file).properties()) {
      JsonNode id = entry.getValue();
      if (!id.isInt() || id.asInt() < 0 || id.asInt() >= LARGEST_ID) {
        throw Refusal.damaged(
            file, "gives \"" + entry.getKey() + "\" the id " + id + ", which is not an id");
      }
      String other = taken.put(id.asInt(), entry.getKey());
      if (other != null) {
        throw Refusal.damaged(
            file,
            "gives the id " + id + " to both \"" + other + "\" and \"" + entry.getKey() + "\"");
      }
      ids.put(entry.getKey(), id.asInt());
    }
    return ids;
  }

  /** A byte without a piece would vanish from every text without a word. */
  private void requireEveryByte() {
    for (int value = 0; value < 256; value++) {
      String letter = String.valueOf(byteCharacter(value));
      if (!ids.containsKey(letter)) {
        throw Refusal.damaged(
            vocabulary,
            "has no piece \"" + letter + "\" for the byte " + value + ", so text would be lost");
      }
    }
  }

  /** GPT-2's printable stand-in for a byte: itself where printable, else from U+0100 on. */
  private static char byteCharacter(int value) {
    boolean printable =
        value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xFF && value != 0xAD;
    if (printable) {
      return (char) value;
    }
    int rank = value <= ' ' ? value : value <= 0xA0 ? value - 0x7F + 33 : 67;
    return (char) (0x100 + rank);
  }

  @Override
  public List<Path> files() {
    return List.of(vocabulary, merges);
  }

  @Override
  public ObjectNode model(FolderTokens tokens) {
    String end = kind.wordEnd() == null ? "" : kind.wordEnd();
    ObjectNode model = Json.object().put("type", "BPE");
    model.putNull("dropout");
    // Every byte has a piece; only a letter with the end of a word on it may have none.
    model.put("unk_token", end.isEmpty() ? null : tokens.text("unk_token"));
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", end);
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode pieces = model.putObject("vocab");
    ids.forEach(pieces::put);
    ArrayNode pairs = model.putArray("merges");
    for (String[] pair : pairs(tokens.all())) {
      pairs.addArray().add(pair[0]).add(pair[1]);
    }
    return model;
  }

  private List<String[]> pairs(Set<String> whole) {
    List<String> lines = TextFile.lines(merges);
    List<String[]> pairs = new ArrayList<>(lines.size());
    Set<String> made = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (i == 0 && lines.getFirst().startsWith("#version")) {
        continue;
      }
      String[] pair = lines.get(i).split(" ", -1);
      requirePair(i + 1, pair);
      made.add(pair[0] + pair[1]);
      pairs.add(pair);
    }
    requireWhole(made, whole);
    return pairs;
  }

  private void requirePair(int line, String[] pair) {
    String at = "line " + line + ": ";
    if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
      throw Refusal.damaged(merges, at + "is not two pieces with a space between them");
    }
    for (String piece : List.of(pair[0], pair[1], pair[0] + pair[1])) {
      if (!ids.containsKey(piece)) {
        throw Refusal.damaged(merges, at + "\"" + piece + "\" is not in " + vocabulary);
      }
    }
  }

  /** A file that was cut off between two lines shows by pieces that nothing makes. */
  private void requireWhole(Set<String> made, Set<String> whole) {
    String end = kind.wordEnd() == null ? "" : kind.wordEnd();
    List<String> unmade =
        ids.keySet().stream()
            .filter(piece -> piece.length() > 1 && !piece.equals(piece.charAt(0) + end))
            .filter(piece -> !made.contains(piece) && !whole.contains(piece))
            .toList();
    if (unmade.size() > UNMADE * ids.size()) {
      throw Refusal.damaged(
          merges,
          "is not whole: it never makes "
              + unmade.size()
              + " of the "
              + ids.size()
              + " pieces of vocab.json, such as \""
              + unmade.getFirst()
              + "\"");
    }
  }

  @Override
  public JsonNode normalizer() {
    return kind.normalizer();
  }

  @Override
  public JsonNode preTokenizer() {
    return kind.preTokenizer();
  }

  @Override
  public JsonNode decoder() {
    return kind.decoder();
  }
}
