package org.adapterstudio.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vocabulary files that are damaged, incomplete or unknown are named, never crash. */
class DamagedVocabulariesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/vocabularies");
  private static final int FLIPS = Integer.getInteger("studio.fuzz.tokenizer", 150);

  @TempDir Path folder;

  private void take(String name) throws IOException {
    try (var files = Files.list(FIXTURES.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void edit(String file, UnaryOperator<String> change) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, change.apply(Files.readString(path)));
  }

  private void refuses(String... words) {
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void mergesCutInALineNameTheLine() throws Exception {
    take("gpt2");
    edit("merges.txt", text -> text.substring(0, text.indexOf(' ', text.length() / 2)));
    refuses("merges.txt", "line", "is not two pieces");
  }

  /** Least whole number less one is the largest: a count of that many takes minutes. */
  @Test
  @Timeout(10)
  void aNumberOfSentinelsBelowZeroIsNone() throws Exception {
    take("t5");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"extra_ids\": -2147483648}");
    survives("no sentinels");
  }

  @Test
  void mergesCutBetweenLinesShowByThePiecesTheyNeverMake() throws Exception {
    take("gpt2");
    edit("merges.txt", text -> text.substring(0, text.indexOf('\n', text.length() / 2) + 1));
    refuses("merges.txt", "is not whole", "pieces of vocab.json");
  }

  @Test
  void aMergeOfAPieceThatIsNotThereNamesIt() throws Exception {
    take("gpt2");
    edit("merges.txt", text -> text + "q zzz\n");
    refuses("merges.txt", "\"zzz\" is not in", "vocab.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1, \"a\": 2}|Duplicate field 'a'",
        "{\"a\": 1, \"b\": 1}|gives the id 1 to both \"a\" and \"b\"",
        "{\"a\": -1}|not an id",
        "{\"a\": 99999999}|not an id",
        "{\"a\": \"x\"}|not an id",
        "{\"a\": 1}|for the byte 0",
        "[1]|is not a JSON object",
        "{\"a\"|is not valid JSON",
      })
  void aVocabularyThatContradictsItselfIsNamed(String content, String words) throws Exception {
    take("gpt2");
    Files.writeString(folder.resolve("vocab.json"), content);
    refuses("vocab.json", words);
  }

  @ParameterizedTest
  @CsvSource({"gpt2, merges.txt", "gpt2, vocab.json", "bert, vocab.txt"})
  void textThatIsNotUtf8IsNamed(String name, String file) throws Exception {
    take(name);
    Files.write(folder.resolve(file), new byte[] {'a', (byte) 0xC3, '\n', (byte) 0xFF});
    refuses(file, "is not UTF-8");
  }

  @Test
  void aPieceThatComesTwiceNamesBothLines() throws Exception {
    take("bert");
    edit("vocab.txt", text -> text + "[MASK]\n");
    refuses("vocab.txt", "\"[MASK]\" twice, in lines 5 and");
  }

  @Test
  void aVocabularyWithoutTheUnknownPieceIsNamed() throws Exception {
    take("bert");
    edit("vocab.txt", text -> text.replace("[UNK]\n", "[OTHER]\n"));
    refuses("vocab.txt", "no line \"[UNK]\"");
  }

  @Test
  void anAddedTokenWithAnotherIdThanItsVocabularyGivesIsNamed() throws Exception {
    take("deberta");
    Files.writeString(folder.resolve("added_tokens.json"), "{\"[MASK]\": 7}");
    refuses("[MASK]", "the id 7", "leads to");
  }

  @Test
  void aMissingFileOfAPairAndAnUnknownKindSayHowToConvert() throws Exception {
    take("gpt2");
    Files.delete(folder.resolve("merges.txt"));
    refuses("needs tokenizer.json or vocab.json and merges.txt", "save_pretrained");
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"FooTokenizerFast\"}");
    refuses("FooTokenizer", "none of those", "GPT-2, RoBERTa", "AutoTokenizer");
  }

  @Test
  void aModelFileThatIsNoSentencePieceModelIsNamed() throws Exception {
    take("llama");
    Files.writeString(folder.resolve("tokenizer.model"), "IQ== 0\nIg== 1\n");
    refuses("tokenizer.model", "is not a SentencePiece model");
    Files.write(folder.resolve("tokenizer.model"), new byte[0]);
    refuses("it has no pieces");
  }

  @Test
  void aModelThatWouldNotBeReadExactlyIsRefusedWithTheWayOut() throws Exception {
    take("llama");
    Path file = folder.resolve("tokenizer.model");
    byte[] suffixMark = {0x12, 3, (byte) 0xC0, 1, 1};
    Files.write(file, joined(Files.readAllBytes(file), suffixMark));
    refuses("marks the ends of words", "from_pretrained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "deberta"})
  void aModelFileCutAnywhereIsNamed(String name) throws Exception {
    take(name);
    Path file = folder.resolve(name.equals("llama") ? "tokenizer.model" : "spm.model");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 60) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Tokenizer.load(folder))
          .as("cut to " + length)
          .isInstanceOf(StudioException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama/tokenizer.model",
        "t5/spiece.model",
        "gemma/tokenizer.model",
        "gpt2/merges.txt",
        "gpt2/vocab.json",
        "bert/vocab.txt",
        "qwen2/tokenizer_config.json"
      })
  void flippedBytesAreRefusedOrRead(String path) throws Exception {
    take(path.substring(0, path.indexOf('/')));
    Path file = folder.resolve(path.substring(path.indexOf('/') + 1));
    byte[] whole = Files.readAllBytes(file);
    long seed = Long.getLong("studio.fuzz.seed", 1);
    Random random = new Random(seed);
    for (int i = 0; i < FLIPS; i++) {
      byte[] spoiled = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
      }
      Files.write(file, spoiled);
      survives("seed " + seed + ", change " + i);
    }
  }

  /** Either a sentence, or a tokenizer that works on a text with many kinds of characters. */
  private void survives(String what) {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      String text = "Hello, ｗörld ﬁ e\u0301 世界 😀 <s> ①\n" + TEXT;
      tokenizer.decode(tokenizer.encode(text, true), false);
    } catch (StudioException refused) {
      if (refused.failure() == null) {
        throw new AssertionError(what, refused);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  /** One character of each block of 16 up to U+FFFF: all of a character map is walked. */
  private static final String TEXT =
      java.util.stream.IntStream.range(2, 0xD80)
          .mapToObj(block -> Character.toString(block * 16 + 5))
          .collect(Collectors.joining());

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void aFolderWithoutAnyOfTheFilesStillSaysWhatIsMissing() throws Exception {
    Files.write(folder.resolve("notes.txt"), List.of("nothing"), StandardCharsets.UTF_8);
    refuses("no tokenizer.json", "Copy tokenizer.json");
  }
}
