package org.adapterstudio.engine.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.tokenizer.vocabulary.VocabularyFolder;

/**
 * A model folder's tokenizer, from {@code tokenizer.json} or the older vocabulary files: text to
 * ids and back, never cut and never padded. Safe to use from several threads; close it when done,
 * it holds native memory.
 */
public final class Tokenizer implements AutoCloseable {
  private static final int MOST_IDS = 1 << 27;

  private final Path folder;
  private final HuggingFaceTokenizer library;
  private final SpecialTokens specials;
  private final int vocabulary;

  private Tokenizer(
      Path folder, HuggingFaceTokenizer library, SpecialTokens specials, int vocabulary) {
    this.folder = folder;
    this.library = library;
    this.specials = specials;
    this.vocabulary = vocabulary;
  }

  /** Loads the tokenizer of a Hugging Face folder; a missing or broken one is bad input. */
  public static Tokenizer load(Path modelFolder) {
    Path file = modelFolder.resolve("tokenizer.json");
    if (Files.isRegularFile(file)) {
      JsonNode json = Json.read(file);
      SpecialTokens specials = SpecialTokens.read(modelFolder);
      int vocabulary = vocabularySize(json, file);
      return new Tokenizer(modelFolder, open(json, file), specials, vocabulary);
    }
    VocabularyFolder older =
        VocabularyFolder.find(modelFolder)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        modelFolder
                            + " has no tokenizer.json (nor older vocabulary files), so text cannot"
                            + " be turned into tokens.",
                        "Copy tokenizer.json and tokenizer_config.json of this model into the"
                            + " folder."));
    JsonNode json = older.tokenizerJson();
    Path source = older.files().getFirst();
    SpecialTokens specials = SpecialTokens.read(modelFolder, older);
    return new Tokenizer(modelFolder, open(json, source), specials, vocabularySize(json, source));
  }

  /** When the newest file a folder's tokenizer may come from was written; 0 where it has none. */
  public static long changed(Path modelFolder) {
    return Stream.concat(
            Stream.of("tokenizer.json", "tokenizer_config.json"), VocabularyFolder.names().stream())
        .mapToLong(name -> modelFolder.resolve(name).toFile().lastModified())
        .max()
        .orElse(0);
  }

  private static HuggingFaceTokenizer open(JsonNode json, Path source) {
    TokenizerCheck.require(json, source);
    try {
      VocabularyFolder.checkCharacterMaps(json);
      byte[] text = Json.mapper().writeValueAsBytes(json);
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(text), Map.of("truncation", "false", "padding", "false"));
    } catch (IOException | RuntimeException e) {
      throw broken(source, e);
    }
  }

  private static StudioException broken(Path source, Exception cause) {
    return new StudioException(
        Failure.badInput(
            source + " is not a tokenizer that can be read: " + cause.getMessage(),
            "Fetch the model's " + source.getFileName() + " again."),
        cause);
  }

  private static int vocabularySize(JsonNode tokenizer, Path file) {
    JsonNode model = tokenizer.path("model");
    if (!model.isObject()) {
      throw StudioException.badInput(
          file + " has no field \"model\", so it is not a tokenizer.",
          "Fetch the model's tokenizer.json again.");
    }
    int largest = -1;
    JsonNode vocab = model.path("vocab");
    if (vocab.isArray()) {
      largest = vocab.size() - 1;
    } else {
      for (JsonNode id : vocab) {
        largest = Math.max(largest, id.asInt(-1));
      }
    }
    for (JsonNode token : tokenizer.path("added_tokens")) {
      largest = Math.max(largest, token.path("id").asInt(-1));
    }
    if (largest >= MOST_IDS) {
      throw StudioException.badInput(
          file + " gives a token the id " + largest + ", which no model has.",
          "Fetch the model's tokenizer.json again.");
    }
    return largest + 1;
  }

  /**
   * Token ids of a text.
   *
   * @param addSpecialTokens lets the tokenizer put its begin (and end) token around the text
   */
  public int[] encode(String text, boolean addSpecialTokens) {
    return narrow(library.encode(text, addSpecialTokens, false).getIds());
  }

  /**
   * Token ids of a text, or of two with the tokenizer's own marks between them.
   *
   * @param pair second text; null where there is none
   */
  public Segments encodeSegments(String text, String pair) {
    Encoding encoding =
        pair == null ? library.encode(text, true, false) : library.encode(text, pair, true, false);
    return new Segments(
        narrow(encoding.getIds()),
        narrow(encoding.getTypeIds()),
        narrow(encoding.getSpecialTokenMask()),
        narrow(encoding.getSequenceIds()));
  }

  /** Token ids with the characters each stands for. */
  public Encoded encodeWithOffsets(String text, boolean addSpecialTokens) {
    Encoding encoding = library.encode(text, addSpecialTokens, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] ids = narrow(encoding.getIds());
    int[] starts = new int[ids.length];
    int[] ends = new int[ids.length];
    int[] utf16 = utf16Indices(text);
    int last = utf16.length - 1; // a suffix at ends of words counts as text that is not there
    for (int i = 0; i < ids.length; i++) {
      starts[i] = spans[i] == null ? -1 : utf16[Math.min(spans[i].getStart(), last)];
      ends[i] = spans[i] == null ? -1 : utf16[Math.min(spans[i].getEnd(), last)];
    }
    return new Encoded(ids, starts, ends);
  }

  /** The library counts code points; index i of the answer is where code point i starts. */
  private static int[] utf16Indices(String text) {
    int[] indices = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 0, at = 0; i < indices.length; i++) {
      indices[i] = at;
      at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }
    return indices;
  }

  /** Text of ids, with or without the special tokens written out. */
  public String decode(int[] ids, boolean skipSpecial) {
    return library.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
  }

  /** A decoder for ids that come one by one. */
  public StreamingDecoder streaming(boolean skipSpecial) {
    return new StreamingDecoder(this, skipSpecial);
  }

  /** The model folder it was loaded from. */
  public Path folder() {
    return folder;
  }

  /** The special tokens of the folder. */
  public SpecialTokens specials() {
    return specials;
  }

  /** One more than the largest id. */
  public int vocabularySize() {
    return vocabulary;
  }

  private static int[] narrow(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    library.close();
  }
}
