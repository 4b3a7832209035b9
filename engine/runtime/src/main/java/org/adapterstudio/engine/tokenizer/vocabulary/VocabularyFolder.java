package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;

/** A model folder whose tokenizer is only there as older vocabulary files. */
public final class VocabularyFolder {
  private static final List<String> ANY =
      List.of(
          "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model", "spm.model");

  private final TokenizerKind kind;
  private final Settings settings;
  private final Vocabulary vocabulary;
  private final FolderTokens tokens;

  private VocabularyFolder(TokenizerKind kind, Settings settings, Vocabulary vocabulary) {
    this.kind = kind;
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.tokens = FolderTokens.of(settings, kind, vocabulary);
  }

  /** Names of the vocabulary files that are looked for. */
  public static List<String> names() {
    return ANY;
  }

  /**
   * Reads the folder's files; empty where it has none of them. A tokenizer that is not known, or
   * files that are damaged or missing, are bad input.
   */
  public static Optional<VocabularyFolder> find(Path folder) {
    List<String> there =
        ANY.stream().filter(name -> Files.isRegularFile(folder.resolve(name))).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Settings settings = Settings.read(folder);
    TokenizerKind kind = kind(folder, settings, there);
    return Optional.of(new VocabularyFolder(kind, settings, read(kind, folder, settings)));
  }

  private static TokenizerKind kind(Path folder, Settings settings, List<String> there) {
    Path config = folder.resolve("config.json");
    JsonNode model = Files.isRegularFile(config) ? TextFile.object(config) : Json.object();
    String named = settings.values().path("tokenizer_class").asText("");
    String own = named.isEmpty() ? model.path("tokenizer_class").asText("") : named;
    String plain = own.endsWith("Fast") ? own.substring(0, own.length() - 4) : own;
    boolean general = plain.equals("PreTrainedTokenizer") || plain.equals("TokenizersBackend");
    String type = model.path("model_type").asText("");
    return TokenizerKind.of(general || plain.equals("null") ? "" : plain, type)
        .orElseThrow(
            () ->
                Refusal.convert(
                    folder,
                    folder
                        + " has "
                        + String.join(" and ", there)
                        + " but no tokenizer.json, and its tokenizer (tokenizer_class \""
                        + own
                        + "\", model_type \""
                        + type
                        + "\") is none of those whose vocabulary files are read: "
                        + TokenizerKind.names()
                        + "."));
  }

  private static Vocabulary read(TokenizerKind kind, Path folder, Settings settings) {
    boolean complete =
        switch (kind.files()) {
          case BYTE_PAIRS ->
              Stream.of("vocab.json", "merges.txt")
                  .allMatch(name -> Files.isRegularFile(folder.resolve(name)));
          case WORD_PIECES -> Files.isRegularFile(folder.resolve("vocab.txt"));
          case SENTENCE_PIECES -> SentencePieces.file(folder).isPresent();
        };
    if (!complete) {
      throw Refusal.convert(
          folder,
          folder
              + " is said to hold a "
              + kind.key()
              + " tokenizer, which needs tokenizer.json or "
              + kind.files().names()
              + ".");
    }
    return switch (kind.files()) {
      case BYTE_PAIRS -> BytePairs.read(kind, folder);
      case WORD_PIECES -> WordPieces.read(kind, folder);
      case SENTENCE_PIECES -> SentencePieces.read(kind, folder, settings);
    };
  }

  /** The files that were read, for messages. */
  public List<Path> files() {
    return vocabulary.files();
  }

  /** The same tokenizer as the content of a tokenizer.json. */
  public ObjectNode tokenizerJson() {
    ObjectNode json = Json.object().put("version", "1.0");
    json.putNull("truncation").putNull("padding");
    json.set("added_tokens", addedTokens());
    json.set("normalizer", filled(vocabulary.normalizer()));
    json.set("pre_tokenizer", filled(vocabulary.preTokenizer()));
    JsonNode around = kind.postProcessor();
    json.set(
        "post_processor",
        around == null ? new PostProcessor(settings, tokens).of(kind) : filled(around));
    json.set("decoder", filled(vocabulary.decoder()));
    json.set("model", vocabulary.model(tokens));
    return json;
  }

  /** The {@code added_tokens} of that tokenizer.json. */
  public ArrayNode addedTokens() {
    return tokens.json();
  }

  /** Special tokens by role, as special_tokens_map.json says them; what is not named is usual. */
  public ObjectNode specialTokens() {
    return tokens.roles();
  }

  /** A part of a kind's description with settings and tokens in the places that name them. */
  private JsonNode filled(JsonNode part) {
    if (part == null || !part.isContainerNode()) {
      return part;
    }
    if (part.has("setting")) {
      JsonNode value = settings.values().path(part.path("setting").asText());
      return value.isMissingNode() || value.isNull() ? part.path("otherwise") : value;
    }
    if (part.has("token") || part.has("id")) {
      String token = tokens.text(part.path(part.has("token") ? "token" : "id").asText());
      return part.has("token")
          ? Json.mapper().getNodeFactory().textNode(token)
          : Json.mapper().getNodeFactory().numberNode(tokens.id(token));
    }
    if (part.isArray()) {
      ArrayNode array = Json.mapper().createArrayNode();
      part.forEach(item -> array.add(filled(item)));
      return array;
    }
    ObjectNode object = Json.object();
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      object.set(entry.getKey(), filled(entry.getValue()));
    }
    return object;
  }

  /**
   * Throws {@link IllegalArgumentException} where the native library would fail on a damaged map.
   */
  public static void checkCharacterMaps(JsonNode tokenizer) {
    CharacterMap.check(tokenizer);
  }
}
