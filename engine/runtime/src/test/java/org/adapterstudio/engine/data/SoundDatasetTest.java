package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.sound.SoundPreparation;
import org.adapterstudio.engine.sound.Wav;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundDatasetTest {
  private static Tokenizer tokenizer;

  @TempDir Path folder;
  private SoundPreparation preparation;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizer.load(Fixtures.BYTES);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        model.resolve("preprocessor_config.json"), "{\"chunk_length\": 1, \"feature_size\": 20}");
    preparation = SoundPreparation.read(model);
    Wav.write(folder.resolve("a.wav"), new float[8000], 16_000);
    Wav.write(folder.resolve("b.wav"), new float[30_000], 16_000);
  }

  @Test
  void joinsFeaturesAndTranscripts() throws IOException {
    metadata("file_name,transcription\na.wav,Hello\nb.wav,Hello again\n");
    SoundDataset dataset = load(-1, false);
    assertThat(dataset.cut()).isEqualTo(1);
    SoundBatch batch = dataset.batches().microBatch(0);
    assertThat(batch.inputFeatures()).hasSize(2 * 20 * 100);
    int first = batch.files().getFirst().endsWith("a.wav") ? 0 : 1;
    int[] ids = tokenizer.encode("Hello", true);
    long end = tokenizer.specials().eosIds().getFirst();
    for (int i = 0; i < ids.length; i++) {
      assertThat(batch.labels()[first * batch.length() + i]).isEqualTo(ids[i]);
    }
    assertThat(batch.labels()[first * batch.length() + ids.length]).isEqualTo(end);
    assertThat(batch.labels()[first * batch.length() + batch.length() - 1]).isEqualTo(-100);
    assertThat(Arrays.copyOfRange(batch.inputFeatures(), first * 2000, first * 2000 + 2000))
        .isEqualTo(preparation.prepare(folder.resolve("a.wav")));
  }

  @Test
  void theDecoderIsGivenTheLabelsBehindTheStart() {
    var batch = new SoundBatch(2, 1, 1, new float[2], 3, new long[] {5, 6, -100, 7, 8, 9}, null);
    assertThat(batch.decoderInputIds(1, 0)).containsExactly(1, 5, 6, 1, 7, 8);
    var padded = new SoundBatch(1, 1, 1, new float[1], 3, new long[] {5, -100, -100}, null);
    assertThat(padded.decoderInputIds(1, 0)).containsExactly(1, 5, 0);
  }

  @Test
  void aStartTokenOfTheTokenizerIsNoLabel() throws IOException {
    metadata("file_name,text\na.wav,Hello\n");
    int start = tokenizer.encode("Hello", true)[0];
    SoundBatch batch = load(start, false).batches().microBatch(0);
    assertThat(batch.labels()[0]).isEqualTo(tokenizer.encode("Hello", true)[1]);
  }

  @Test
  void namesEverySoundThatCannotBeUsedBeforeTheStart() throws IOException {
    Path torn = folder.resolve("torn.wav");
    Files.write(torn, Arrays.copyOf(Files.readAllBytes(folder.resolve("a.wav")), 1000));
    metadata("file_name,sentence\na.wav,Hello\ntorn.wav,Hello\nb.wav,\nc.wav,Hello\n");
    assertThatThrownBy(() -> load(-1, false))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("3 rows cannot be used")
        .hasMessageContaining("line 4: sentence is empty")
        .hasMessageContaining("line 5: file_name names a file that is not there: c.wav")
        .hasMessageContaining(torn + " is not a sound that can be read: it is cut short");
    assertThat(load(-1, true).batches().trainRows()).isEqualTo(1);
  }

  @Test
  void refusesAFolderWithoutTranscripts() {
    assertThatThrownBy(() -> load(-1, false))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(folder + " has no metadata.csv or metadata.jsonl")
        .hasMessageContaining("file_name and transcription");
  }

  private void metadata(String text) throws IOException {
    Files.writeString(folder.resolve("metadata.csv"), text);
  }

  private SoundDataset load(int start, boolean skipBad) {
    var data =
        new Recipe.Data(folder.toString(), null, 0.0, null, Map.of(), null, null, null, skipBad);
    return SoundDataset.load(
        Fixtures.recipe(data, 2, 1), preparation, tokenizer, start, LoadProgress.NONE);
  }
}
