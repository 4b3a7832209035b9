package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void makeModel() {
    model = new PicoProject(folder.resolve("pröject \"1\" \\x")).base();
  }

  @Test
  void aFolderWithQuotesBackslashesAndUmlautsIsMappedAsAnyOther() {
    assertThat(logits(Tokens.of(new long[] {1, 2, 3}, 1))).hasSize(3 * 258);
  }

  @Test
  void aWrongHiddenSizeNamesTheTensorAndBothShapes() throws IOException {
    replace("config.json", "\"hidden_size\": 32", "\"hidden_size\": 40");
    assertRefused("model.embed_tokens.weight", "[258, 32]", "[258, 40]", "hidden size 40");
  }

  @Test
  void aPickledFileGivesTheVeryNumbersOfTheSafetensorsFile() {
    Path golden = Path.of("src/test/resources/golden");
    try (BaseModel pickled = BaseModel.load(golden.resolve("selfmade/llama_bin"), "float32");
        BaseModel safe = BaseModel.load(golden.resolve("models/llama"), "float32")) {
      assertThat(pickled.names()).isEqualTo(safe.names()).isNotEmpty();
      for (String name : safe.names()) {
        assertThat(pickled.parameter(name).toFloatArray())
            .as(name)
            .isEqualTo(safe.parameter(name).toFloatArray());
      }
    }
  }

  @Test
  void aFileOfAProgramIsNeitherRunNorTakenForAFolder() {
    Path program = Path.of("../contract/src/test/resources/pytorch/script.pt");
    assertThatThrownBy(() -> BaseModel.load(program, "float32"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("may hold a program; none is run here")
        .hasMessageContaining("studio tensors");
  }

  @Test
  void anUnknownModelTypeIsRefusedWithTheKnownOnes() throws IOException {
    replace("config.json", "\"llama\"", "\"mamba\"");
    assertRefused("mamba", "llama, mistral, olmo2", "come nearest to");
  }

  @Test
  void anUnsupportedRopeScalingIsRefusedByName() throws IOException {
    replace(
        "config.json",
        "\"rope_theta\"",
        "\"rope_scaling\": {\"rope_type\": \"stretchy\"}, \"rope_theta\"");
    assertRefused("stretchy", "yarn");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    replace("config.json", "\"vocab_size\": 258,", "");
    assertRefused("config.json", "vocab_size");
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    try (var file = new RandomAccessFile(model.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    assertRefused("model.safetensors", "data bytes");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    replace("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
    assertRefused("no tensor model.layers.2.input_layernorm.weight");
  }

  @Test
  void aFolderWithoutWeightsSaysWhichFilesItLooksFor() throws IOException {
    Files.delete(model.resolve("model.safetensors"));
    assertRefused("neither model.safetensors nor pytorch_model.bin");
  }

  @Test
  void aShardOutsideTheFolderIsRefused() throws IOException {
    Files.delete(model.resolve("model.safetensors"));
    Files.writeString(
        model.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"../../etc/model.safetensors\"}}");
    assertRefused("outside its folder");
  }

  @Test
  void aMissingTokenizerSaysWhatToDo() throws IOException {
    Files.delete(model.resolve("tokenizer.json"));
    assertThatThrownBy(() -> Tokenizer.load(model))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void aPaddedBatchEqualsSingleRows() {
    long[] longer = {1, 2, 3, 4, 5, 6};
    long[] shorter = {9, 8, 7, 0, 0, 0};
    long[] both = new long[12];
    System.arraycopy(longer, 0, both, 0, 6);
    System.arraycopy(shorter, 0, both, 6, 6);
    long[] mask = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
    float[] batch = logits(Tokens.of(both, 2).masked(mask));
    float[] first = logits(Tokens.of(longer, 1));
    float[] second = logits(Tokens.of(new long[] {9, 8, 7}, 1));
    int width = 258;
    assertThat(Compare.maxDifference(first, Arrays.copyOf(batch, 6 * width))).isLessThan(1e-5);
    float[] padded = Arrays.copyOfRange(batch, 6 * width, 9 * width);
    assertThat(Compare.maxDifference(second, padded)).isLessThan(1e-5);
  }

  @Test
  void packedRowsDoNotSeeEachOther() {
    long[] ids = {1, 2, 3, 9, 8, 7, 6};
    long[] segments = {1, 1, 1, 2, 2, 2, 2};
    long[] positions = {0, 1, 2, 0, 1, 2, 3};
    float[] packed = logits(Tokens.of(ids, 1).packed(segments, positions));
    float[] alone = logits(Tokens.of(new long[] {9, 8, 7, 6}, 1));
    float[] tail = Arrays.copyOfRange(packed, 3 * 258, 7 * 258);
    assertThat(Compare.maxDifference(alone, tail)).isLessThan(1e-5);
  }

  @Test
  void leftPaddingDoesNotLeakWherePositionsAreGiven() {
    long[] ids = {0, 0, 9, 8, 7};
    long[] mask = {0, 0, 1, 1, 1};
    long[] positions = {0, 0, 0, 1, 2};
    float[] padded = logits(Tokens.of(ids, 1).masked(mask).packed(null, positions));
    float[] alone = logits(Tokens.of(new long[] {9, 8, 7}, 1));
    float[] tail = Arrays.copyOfRange(padded, 2 * 258, 5 * 258);
    assertThat(Compare.maxDifference(alone, tail)).isLessThan(1e-5);
  }

  private float[] logits(Tokens in) {
    try (var base = BaseModel.load(model, "float32");
        Scope scope = Kernels.get().inference()) {
      var decoder = (CausalLanguageModel) base.network();
      var pass = Pass.still(scope, Weights.of(base));
      return decoder.logits(pass, decoder.hidden(pass, in)).toFloatArray();
    }
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> BaseModel.load(model, "float32"))
        .isInstanceOf(StudioException.class)
        .message()
        .contains(parts);
  }

  private void replace(String file, String what, String by) throws IOException {
    String text = Files.readString(model.resolve(file));
    assertThat(text).contains(what);
    Files.writeString(model.resolve(file), text.replace(what, by));
  }
}
