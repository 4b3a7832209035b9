package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderDecoderTest {
  @TempDir Path folder;

  @Test
  void aPaddedRowGetsTheLogitsItGetsAlone() {
    try (var base = BaseModel.load(Golden.selfMade("t5_v1_1"), "float32")) {
      long[] longer = {9, 8, 7, 6, 5, 4, 3, 1};
      long[] shorter = {20, 21, 22, 23, 1};
      long[] padded = Arrays.copyOf(shorter, longer.length);
      long[] mask = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
      long[] written = {0, 30, 31};
      var both = Inputs.of(Tokens.of(joined(longer, padded), 2).masked(mask));
      var alone = Inputs.of(Tokens.of(shorter, 1));
      float[] together = logits(base, both.decoding(Tokens.of(joined(written, written), 2)));
      float[] single = logits(base, alone.decoding(Tokens.of(written, 1)));
      float[] second = Arrays.copyOfRange(together, single.length, together.length);
      assertThat(Compare.maxDifference(single, second)).isLessThan(1e-5);
    }
  }

  @Test
  void labelsMoveOneToTheRightBehindTheStartTokenWithPaddingWhereNothingIsTrained() {
    var network = (EncoderDecoder) Networks.read(Golden.folder("models/whisper"));
    Tokens shifted = network.shifted(new long[] {11, 12, -100, 21, -100, 23}, 2);
    assertThat(shifted.ids()).containsExactly(3, 11, 12, 3, 21, 2);
    assertThat(shifted.length()).isEqualTo(3);
    assertThat(shifted.attention()).isNull();
  }

  @Test
  void anUntiedT5AsTransformers5WritesItIsTheSameModel() throws IOException {
    Path rewritten =
        copy(
            Golden.selfMade("t5_v1_1"),
            config -> config.put("tie_word_embeddings", true).put("scale_decoder_outputs", false));
    var in =
        Inputs.of(Tokens.of(new long[] {5, 6, 7, 1}, 1))
            .decoding(Tokens.of(new long[] {0, 8, 9}, 1));
    try (var base = BaseModel.load(Golden.selfMade("t5_v1_1"), "float32");
        var again = BaseModel.load(rewritten, "float32")) {
      assertThat(logits(again, in)).isEqualTo(logits(base, in));
    }
  }

  @Test
  void anUnknownFeedForwardIsRefusedWithTheKnown() throws IOException {
    Path other =
        copy(Golden.selfMade("t5_v1_1"), config -> config.put("feed_forward_proj", "gated-swish"));
    assertThatThrownBy(() -> Networks.read(other))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("feed_forward_proj \"gated-swish\"")
        .hasMessageContaining("gated-gelu");
  }

  @Test
  void whatIsMissingOrOfTheWrongShapeIsNamed() {
    try (var base = BaseModel.load(Golden.folder("models/whisper"), "float32")) {
      Tokens written = Tokens.of(new long[] {3, 4}, 1);
      var text = Inputs.of(Tokens.of(new long[] {5, 6}, 1)).decoding(written);
      assertThatThrownBy(() -> logits(base, text)).hasMessageContaining("no input_features");
      var half = new Values(new float[20 * 30], new long[] {1, 20, 30});
      assertThatThrownBy(() -> logits(base, Inputs.of(half).decoding(written)))
          .hasMessageContaining("[1, 20, 30]")
          .hasMessageContaining("[rows, 20, 60]");
      var sound = new Values(new float[20 * 60], new long[] {1, 20, 60});
      assertThatThrownBy(() -> logits(base, Inputs.of(sound)))
          .hasMessageContaining("decoder_input_ids");
    }
  }

  private Path copy(Path model, Consumer<ObjectNode> change) throws IOException {
    for (String file : List.of("generation_config.json", "model.safetensors")) {
      Files.copy(model.resolve(file), folder.resolve(file));
    }
    var config = (ObjectNode) Json.read(model.resolve("config.json"));
    change.accept(config);
    Files.writeString(folder.resolve("config.json"), Json.pretty(config));
    return folder;
  }

  private static float[] logits(BaseModel base, Inputs in) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, Weights.of(base));
      return base.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }

  private static long[] joined(long[] a, long[] b) {
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
