package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.adapterstudio.contract.json.Json;

/**
 * A vocabulary of word pieces: each letter alone and inside a word, each word that is seen often,
 * and the most frequent endings, so that a rare word is its stem and an ending or its letters.
 */
final class WordPieces {
  static final String PAD = "[PAD]";
  static final String BEGIN = "[CLS]";
  static final String END = "[SEP]";

  /** Their place is their number. */
  static final List<String> SPECIAL = List.of(PAD, "[UNK]", BEGIN, END, "[MASK]");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}\\s]");
  private static final int OFTEN = 3;
  private static final int ENDINGS = 300;
  private static final int LONGEST_ENDING = 4;
  private static final String INSIDE = "##";

  private WordPieces() {}

  /** The pieces of texts, the special tokens first. */
  static List<String> learn(List<String> texts) {
    var words = new TreeMap<String, Integer>();
    for (String text : texts) {
      WORD.matcher(text.toLowerCase(Locale.ROOT))
          .results()
          .map(MatchResult::group)
          .forEach(word -> words.merge(word, 1, Integer::sum));
    }
    var letters =
        words.keySet().stream()
            .flatMapToInt(String::codePoints)
            .distinct()
            .sorted()
            .mapToObj(Character::toString)
            .toList();
    var pieces = new LinkedHashSet<>(SPECIAL);
    pieces.addAll(letters);
    letters.forEach(letter -> pieces.add(INSIDE + letter));
    byFrequency(words).stream().filter(word -> words.get(word) >= OFTEN).forEach(pieces::add);
    byFrequency(endings(words)).stream()
        .limit(ENDINGS)
        .forEach(ending -> pieces.add(INSIDE + ending));
    return new ArrayList<>(pieces);
  }

  /** How many words end in each of the short endings. */
  private static Map<String, Integer> endings(Map<String, Integer> words) {
    var endings = new TreeMap<String, Integer>();
    for (String word : words.keySet()) {
      for (int n = 2; n <= LONGEST_ENDING && n + 2 < word.length(); n++) {
        endings.merge(word.substring(word.length() - n), 1, Integer::sum);
      }
    }
    return endings;
  }

  /** Most frequent first, the alphabet decides a tie. */
  private static List<String> byFrequency(Map<String, Integer> counts) {
    return counts.keySet().stream()
        .sorted(Comparator.comparing((String text) -> -counts.get(text)))
        .toList();
  }

  /** tokenizer.json: lower case, words and marks apart, the longest piece first. */
  static String tokenizer(List<String> pieces) {
    ObjectNode root = Json.object();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    var added = root.putArray("added_tokens");
    SPECIAL.forEach(token -> added.add(TokenizerFile.special(added.size(), token)));
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .put("strip_accents", false)
        .put("lowercase", true);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.set("post_processor", frame());
    root.putObject("decoder").put("type", "WordPiece").put("prefix", INSIDE).put("cleanup", true);
    ObjectNode model = root.putObject("model");
    model.put("type", "WordPiece");
    model.put("unk_token", SPECIAL.get(1));
    model.put("continuing_subword_prefix", INSIDE);
    model.put("max_input_chars_per_word", 100);
    ObjectNode vocabulary = model.putObject("vocab");
    pieces.forEach(piece -> vocabulary.put(piece, vocabulary.size()));
    return Json.pretty(root);
  }

  /** tokenizer_config.json: which special token does what. */
  static String config() {
    ObjectNode root = Json.object();
    root.put("tokenizer_class", "BertTokenizer");
    root.put("cls_token", BEGIN);
    root.put("sep_token", END);
    root.put("mask_token", SPECIAL.getLast());
    root.put("pad_token", PAD);
    root.put("unk_token", SPECIAL.get(1));
    root.put("model_max_length", FreshEncoder.CONTEXT);
    return Json.pretty(root);
  }

  /** [CLS] A [SEP], or [CLS] A [SEP] B [SEP] with the second text's tokens of type 1. */
  private static ObjectNode frame() {
    ObjectNode frame = Json.object().put("type", "TemplateProcessing");
    var single = frame.putArray("single");
    var pair = frame.putArray("pair");
    for (var parts : List.of(single, pair)) {
      parts.add(part("SpecialToken", BEGIN, 0));
      parts.add(part("Sequence", "A", 0));
      parts.add(part("SpecialToken", END, 0));
    }
    pair.add(part("Sequence", "B", 1));
    pair.add(part("SpecialToken", END, 1));
    ObjectNode tokens = frame.putObject("special_tokens");
    for (String token : List.of(BEGIN, END)) {
      ObjectNode entry = tokens.putObject(token).put("id", token);
      entry.putArray("ids").add(SPECIAL.indexOf(token));
      entry.putArray("tokens").add(token);
    }
    return frame;
  }

  private static ObjectNode part(String kind, String id, int type) {
    ObjectNode part = Json.object();
    part.putObject(kind).put("id", id).put("type_id", type);
    return part;
  }
}
