package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.tokenizer.vocabulary.SentencePieceModel.Algorithm;
import org.adapterstudio.engine.tokenizer.vocabulary.SentencePieceModel.Piece;
import org.adapterstudio.engine.tokenizer.vocabulary.SentencePieceModel.Role;

/**
 * A SentencePiece model as parts of a tokenizer.json that cut text exactly as its own library does;
 * what cannot be said that way is refused.
 *
 * @param prefixEachPart the word mark goes before every part between special tokens
 * @param prefix a text begins with the word mark
 * @param lowerCase text is written small first
 */
record SentencePieces(
    SentencePieceModel source,
    Map<String, Integer> ids,
    boolean prefixEachPart,
    boolean prefix,
    boolean lowerCase)
    implements Vocabulary {
  private static final String MARK = "\u2581";
  private static final List<String> NAMES =
      List.of("tokenizer.model", "spiece.model", "spm.model", "sentencepiece.model");
  private static final int LONGEST_PIECE = 256;

  /** The model file of a folder. */
  static Optional<Path> file(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  static SentencePieces read(TokenizerKind kind, Path folder, Settings settings) {
    SentencePieceModel model = SentencePieceModel.read(file(folder).orElseThrow());
    Map<String, Integer> ids = ids(model);
    boolean prefix = model.prefix() && settings.flag("add_prefix_space", true);
    boolean each = kind.prefixEachPart() || settings.flag("legacy", false);
    boolean lower = settings.flag("do_lower_case", false);
    var pieces = new SentencePieces(model, ids, each, prefix, lower);
    pieces.requireSound();
    String obstacle = pieces.obstacle(settings);
    if (obstacle != null) {
      throw Refusal.convert(folder, model.file() + " " + obstacle + ", so it is not read here.");
    }
    return pieces;
  }

  private static Map<String, Integer> ids(SentencePieceModel model) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < model.pieces().size(); id++) {
      String text = model.pieces().get(id).text();
      Integer before = ids.put(text, id);
      if (before != null) {
        throw Refusal.damaged(
            model.file(), "has \"" + text + "\" twice, as " + before + " and " + id);
      }
      if (text.length() > LONGEST_PIECE) {
        throw Refusal.damaged(
            model.file(), "has a piece of more than " + LONGEST_PIECE + " letters, " + id);
      }
    }
    return ids;
  }

  private void requireSound() {
    int unknown = source.unknownId();
    boolean there = unknown >= 0 && unknown < source.pieces().size();
    if (!there || source.pieces().get(unknown).role() != Role.UNKNOWN) {
      throw Refusal.damaged(source.file(), "has no piece for what is unknown");
    }
    for (int value = 0; source.byteFallback() && value < 256; value++) {
      String name = "<0x%02X>".formatted(value);
      if (!ids.containsKey(name)) {
        throw Refusal.damaged(source.file(), "has no piece " + name + " for that byte");
      }
    }
    try {
      if (source.characterMap().length > 0) {
        CharacterMap.check(source.characterMap());
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.damaged(source.file(), "cannot be used: " + e.getMessage(), e);
    }
  }

  /** Why this model cannot be said exactly in a tokenizer.json; null where it can. */
  private String obstacle(Settings settings) {
    boolean unigram = source.algorithm() == Algorithm.UNIGRAM;
    boolean rewrites = source.singleSpaces() || source.characterMap().length > 0 || lowerCase;
    boolean marked = any(Role.USER_DEFINED);
    Map<String, Boolean> obstacles = new LinkedHashMap<>();
    obstacles.put("cuts text into words or letters", !unigram && !bytePairs());
    obstacles.put("marks the ends of words instead of their beginnings", source.suffixMark());
    obstacles.put("keeps spaces as they are", !source.escapesSpaces());
    obstacles.put("has unused pieces", any(Role.UNUSED));
    obstacles.put("writes unknown characters as bytes", unigram && source.byteFallback());
    obstacles.put(
        "has symbols of its own in rewritten text",
        marked && (rewrites || prefix && prefixEachPart));
    obstacles.put("is cut at punctuation first", settings.flag("split_by_punct", false));
    return obstacles.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private boolean bytePairs() {
    return source.algorithm() == Algorithm.BPE;
  }

  private boolean any(Role role) {
    return source.pieces().stream().anyMatch(piece -> piece.role() == role);
  }

  @Override
  public List<Path> files() {
    return List.of(source.file());
  }

  @Override
  public Map<String, String> special() {
    Map<String, String> special = new LinkedHashMap<>();
    special.put("unk_token", source.pieces().get(source.unknownId()).text());
    role(special, "bos_token", source.beginId());
    role(special, "eos_token", source.endId());
    role(special, "pad_token", source.padId());
    return special;
  }

  private void role(Map<String, String> special, String role, int id) {
    if (id >= 0 && id < source.pieces().size() && source.pieces().get(id).role() == Role.CONTROL) {
      special.put(role, source.pieces().get(id).text());
    }
  }

  /** Control pieces stand for themselves in chats; symbols of the user are never cut. */
  @Override
  public List<AddedToken> whole() {
    List<AddedToken> whole = new ArrayList<>();
    for (Piece piece : source.pieces()) {
      if (piece.role() == Role.CONTROL) {
        whole.add(AddedToken.special(piece.text()));
      } else if (piece.role() == Role.USER_DEFINED) {
        whole.add(new AddedToken(piece.text(), false, false, false, true, false));
      }
    }
    return whole;
  }

  @Override
  public ObjectNode model(FolderTokens tokens) {
    ObjectNode model = Json.object().put("type", bytePairs() ? "BPE" : "Unigram");
    model.put("byte_fallback", source.byteFallback());
    if (bytePairs()) {
      model.putNull("dropout").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
      model.put("unk_token", source.pieces().get(source.unknownId()).text());
      model.put("fuse_unk", true).put("ignore_merges", false);
      ObjectNode vocab = model.putObject("vocab");
      ids.forEach(vocab::put);
      model.set("merges", PieceMerges.of(source.pieces(), ids));
    } else {
      model.put("unk_id", source.unknownId());
      ArrayNode vocab = model.putArray("vocab");
      source.pieces().forEach(piece -> vocab.addArray().add(piece.text()).add(piece.score()));
    }
    return model;
  }

  @Override
  public JsonNode normalizer() {
    ArrayNode steps = Json.mapper().createArrayNode();
    if (lowerCase) {
      steps.addObject().put("type", "Lowercase");
    }
    if (source.characterMap().length > 0) {
      String map = Base64.getEncoder().encodeToString(source.characterMap());
      steps.addObject().put("type", "Precompiled").put("precompiled_charsmap", map);
    }
    if (source.singleSpaces()) {
      replace(steps, "Regex", "\\A +", "");
      replace(steps, "Regex", " {2,}", " ");
    }
    replace(steps, "String", " ", MARK);
    if (prefix && prefixEachPart) {
      steps.addObject().put("type", "Prepend").put("prepend", MARK);
    }
    if (source.singleSpaces()) {
      replace(steps, "Regex", MARK + "+\\z", "");
    }
    return Json.object().put("type", "Sequence").set("normalizers", steps);
  }

  private static void replace(ArrayNode steps, String kind, String pattern, String content) {
    ObjectNode step = steps.addObject().put("type", "Replace");
    step.putObject("pattern").put(kind, pattern);
    step.put("content", content);
  }

  /**
   * The word mark before the first part only. Metaspace spares a text that begins with its mark, as
   * SentencePiece does not; it is therefore run with a space for its mark, of which none is left
   * after normalising, and the one it puts first is then marked.
   */
  @Override
  public JsonNode preTokenizer() {
    if (!prefix || prefixEachPart) {
      return null;
    }
    ArrayNode steps = Json.mapper().createArrayNode();
    Stream.of(List.of(" ", "first"), List.of(MARK, "never"))
        .forEach(
            step ->
                steps
                    .addObject()
                    .put("type", "Metaspace")
                    .put("replacement", step.getFirst())
                    .put("prepend_scheme", step.getLast())
                    .put("split", false));
    return Json.object().put("type", "Sequence").set("pretokenizers", steps);
  }

  @Override
  public JsonNode decoder() {
    ArrayNode steps = Json.mapper().createArrayNode();
    replace(steps, "String", MARK, " ");
    if (source.byteFallback()) {
      steps.addObject().put("type", "ByteFallback");
    }
    steps.addObject().put("type", "Fuse");
    if (prefix) {
      steps.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
    return Json.object().put("type", "Sequence").set("decoders", steps);
  }
}
