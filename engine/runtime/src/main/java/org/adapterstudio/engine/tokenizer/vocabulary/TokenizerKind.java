package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapterstudio.contract.json.Json;

/**
 * How one family of tokenizers cuts text, as data: what a tokenizer.json of that family says beside
 * its vocabulary. The descriptions lie in {@code kinds.json}; a value there may stand for a setting
 * of tokenizer_config.json ({@code {"setting": .., "otherwise": ..}}) or for a special token.
 *
 * @param key name for people
 * @param classes names of tokenizer_config.json's {@code tokenizer_class}, without "Fast"
 * @param modelTypes names of config.json's {@code model_type} where no class is named
 * @param files which vocabulary files it needs
 * @param special role to text of its special tokens where the folder names no other
 * @param before tokens put before a text
 * @param after tokens put after a text
 * @param wordEnd what is written behind the last piece of a word; null for nothing
 * @param sentinels tokens {@code <extra_id_N>} behind the vocabulary, where {@code extra_ids} does
 *     not say otherwise
 * @param prefixEachPart the word mark goes before every part between special tokens, not only
 *     before the first
 * @param normalizer as tokenizer.json has it; SentencePiece files bring their own
 * @param preTokenizer likewise
 * @param postProcessor likewise; null where {@code before} and {@code after} say all
 * @param decoder likewise
 */
record TokenizerKind(
    String key,
    List<String> classes,
    List<String> modelTypes,
    Files files,
    Map<String, String> special,
    List<Surrounding> before,
    List<Surrounding> after,
    String wordEnd,
    Integer sentinels,
    Boolean prefixEachPart,
    JsonNode normalizer,
    JsonNode preTokenizer,
    JsonNode postProcessor,
    JsonNode decoder) {
  private static final List<TokenizerKind> ALL = load();

  TokenizerKind {
    before = before == null ? List.of() : List.copyOf(before);
    after = after == null ? List.of() : List.copyOf(after);
    sentinels = sentinels == null ? Integer.valueOf(0) : sentinels;
    prefixEachPart = Boolean.TRUE.equals(prefixEachPart);
  }

  /** Vocabulary files of a folder, by the names they have there. */
  enum Files {
    @JsonProperty("byte_pairs")
    BYTE_PAIRS("vocab.json and merges.txt"),
    @JsonProperty("word_pieces")
    WORD_PIECES("vocab.txt"),
    @JsonProperty("sentence_pieces")
    SENTENCE_PIECES("tokenizer.model (or spiece.model, spm.model)");

    private final String names;

    Files(String names) {
      this.names = names;
    }

    String names() {
      return names;
    }
  }

  /**
   * A token that stands before or after every text: one of {@code role}, {@code text}, {@code
   * setting} is set.
   *
   * @param role special token by its role
   * @param text the token itself
   * @param setting setting whose value v makes the token {@code <|v|>}; none where it is not set
   * @param when setting that must be true
   * @param otherwise what counts where {@code when} is not set
   * @param unless setting that must not be true
   */
  record Surrounding(
      String role, String text, String setting, String when, Boolean otherwise, String unless) {
    Surrounding {
      otherwise = Boolean.TRUE.equals(otherwise);
    }
  }

  /** The kind a folder means: its tokenizer's class, else its model's type. */
  static Optional<TokenizerKind> of(String tokenizerClass, String modelType) {
    return tokenizerClass.isEmpty()
        ? ALL.stream().filter(kind -> kind.modelTypes.contains(modelType)).findFirst()
        : ALL.stream().filter(kind -> kind.classes.contains(tokenizerClass)).findFirst();
  }

  /** Names of all kinds, for messages. */
  static String names() {
    return ALL.stream().map(TokenizerKind::key).collect(Collectors.joining(", "));
  }

  private static List<TokenizerKind> load() {
    try (InputStream in = TokenizerKind.class.getResourceAsStream("kinds.json")) {
      return Json.mapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
