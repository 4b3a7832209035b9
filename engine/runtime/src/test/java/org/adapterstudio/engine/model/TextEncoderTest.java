package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEncoderTest {
  private static final Inputs TWO_TEXTS = Inputs.of(Tokens.of(new long[] {7, 8, 9, 10, 11, 12}, 2));

  @TempDir Path folder;

  @Test
  void aModelWithoutAHeadGivesItsLastStatesAndNamesItsModulesWithoutTheOutermost()
      throws IOException {
    Path bare = changed("bert_masked_lm", "architectures", Json.tree(List.of("BertModel")));
    try (var base = BaseModel.load(bare, "float32");
        var masked = BaseModel.load(Golden.selfMade("bert_masked_lm"), "float32")) {
      assertThat(base.names()).contains("encoder.layer.0.attention.self.query.weight");
      assertThat(base.network().linears().getFirst().module())
          .isEqualTo("encoder.layer.0.attention.self.query");
      assertThat(run(base).keySet()).containsExactly("last_hidden_state");
      List<float[]> states = new ArrayList<>();
      run(masked, (_, state) -> states.add(state.toFloatArray()));
      assertThat(run(base).get("last_hidden_state")).containsExactly(states.getLast());
      assertThatThrownBy(() -> base.network().targets(TWO_TEXTS, new long[2]))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("no head");
    }
  }

  @Test
  void aClassifierOnAMaskedLanguageModelStartsItsHeadAfreshAndKeepsTheBody() {
    Path masked = Golden.selfMade("bert_masked_lm");
    Purpose purpose = Purpose.classification(List.of("bad", "good"));
    try (var base = load(masked, purpose, 5)) {
      assertThat(base.fresh())
          .containsExactlyInAnyOrder(
              "bert.pooler.dense.weight",
              "bert.pooler.dense.bias",
              "classifier.weight",
              "classifier.bias");
      assertThat(run(base).get("logits")).hasSize(2 * 2);
    }
  }

  @Test
  void aMaskedHeadOnAClassifierStartsWithANormThatPassesThrough() {
    Purpose purpose = new Purpose(Purpose.Head.MASKED_LANGUAGE, List.of());
    try (var base = load(Golden.selfMade("distilbert"), purpose, 5)) {
      assertThat(base.parameter("vocab_layer_norm.weight").toFloatArray()).containsOnly(1f);
      assertThat(base.parameter("vocab_projector.bias").toFloatArray()).containsOnly(0f);
      assertThat(run(base).get("logits")).hasSize(6 * 96);
    }
  }

  @Test
  void aHeadOfAnotherKindIsRefusedByItsName() throws IOException {
    Path folder =
        changed(
            "distilbert", "architectures", Json.tree(List.of("DistilBertForQuestionAnswering")));
    assertThatThrownBy(() -> Networks.read(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("DistilBertForQuestionAnswering");
  }

  @Test
  void convolutionsAndAbsentDistancesAreRefusedByTheirFields() throws IOException {
    Path convolved = changed("deberta_v2", "conv_kernel_size", Json.tree(3));
    assertThatThrownBy(() -> Networks.read(convolved)).hasMessageContaining("conv_kernel_size");
    Path without = changed("deberta_v2", "pos_att_type", Json.tree("none"));
    assertThatThrownBy(() -> Networks.read(without)).hasMessageContaining("pos_att_type");
  }

  @Test
  void labelsThatDoNotFitAreRefusedInWords() throws IOException {
    try (var base = BaseModel.load(Golden.selfMade("distilbert"), "float32")) {
      assertThatThrownBy(() -> base.network().targets(TWO_TEXTS, new long[] {0, 3}))
          .hasMessageContaining("label is 3")
          .hasMessageContaining("3 classes");
      assertThatThrownBy(() -> base.network().targets(TWO_TEXTS, new long[] {0}))
          .hasMessageContaining("1 labels");
      assertThat(base.network().targets(TWO_TEXTS, new long[] {-100, 2})).isEqualTo(1);
    }
    Path several = changed("distilbert", "problem_type", Json.tree("multi_label_classification"));
    assertThatThrownBy(() -> Networks.read(several).targets(TWO_TEXTS, new long[2]))
        .hasMessageContaining("multi_label_classification");
  }

  @Test
  void pictureInputsAreRefusedInWords() {
    var picture = Inputs.of(new org.adapterstudio.engine.tensor.Values(new float[3], new long[3]));
    assertThatThrownBy(() -> Networks.read(Golden.selfMade("distilbert")).targets(picture, null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("input_ids");
  }

  @Test
  void robertaCountsPositionsBehindItsPadding() {
    assertThat(Networks.read(Golden.selfMade("roberta_masked_lm")).sizes().contextLength())
        .isEqualTo(32);
  }

  @Test
  void allLinearLeavesOutWhatPeftLeavesOut() {
    assertThat(heads("bert_masked_lm")).containsExactly("cls.predictions.decoder");
    assertThat(heads("roberta_masked_lm")).containsExactly("lm_head.decoder");
    assertThat(heads("distilbert_masked_lm")).containsExactly("vocab_projector");
    assertThat(heads("distilbert")).containsExactly("classifier");
    assertThat(heads("deberta_v2_unshared")).containsExactly("classifier");
    assertThat(heads("deberta_v2_masked_lm")).containsExactly("cls.predictions.decoder");
    assertThat(heads("deberta_v2_masked_lm_new_head"))
        .containsExactly("lm_predictions.lm_head.dense");
  }

  /** Numbers of transformers 5.18: build_relative_position with 256 buckets, 512 positions. */
  @Test
  void farDistancesShareBucketsAsInTransformers() {
    try (Scope scope = Kernels.get().inference()) {
      long[] rows = scope.call("distance_rows", scope.sizes(512, 256, 512, 256)).toLongArray();
      assertThat(rows[128 * 512]).isEqualTo(256 + 128);
      assertThat(rows[140 * 512]).isEqualTo(256 + 137);
      assertThat(rows[256 * 512]).isEqualTo(256 + 192);
      assertThat(rows[500 * 512]).isEqualTo(256 + 254);
      assertThat(rows[511 * 512]).isEqualTo(511);
      assertThat(rows[511]).isEqualTo(1);
      long down = 0;
      long across = 0;
      for (int i = 0; i < 512; i++) {
        down += rows[i * 512] * (i + 1);
        across += rows[i] * (i + 1);
      }
      assertThat(down).isEqualTo(61_164_478);
      assertThat(across).isEqualTo(6_075_458);
    }
  }

  private static BaseModel load(Path folder, Purpose purpose, long seed) {
    return BaseModel.load(folder, Storage.plain("float32"), purpose, seed, BaseModel.Progress.NONE);
  }

  private static List<String> heads(String name) {
    return Networks.read(Golden.selfMade(name)).heads().stream().map(Linear::module).toList();
  }

  private static java.util.Map<String, float[]> run(BaseModel base) {
    return run(base, Tap.NONE);
  }

  private static java.util.Map<String, float[]> run(BaseModel base, Tap tap) {
    try (Scope scope = Kernels.get().inference()) {
      var outputs = new java.util.LinkedHashMap<String, float[]>();
      base.network()
          .outputs(Pass.still(scope, Weights.of(base)), TWO_TEXTS, tap)
          .forEach((name, array) -> outputs.put(name, array.toFloatArray()));
      return outputs;
    }
  }

  /** A self-made case with one field of its config changed. */
  private Path changed(String name, String field, JsonNode value) throws IOException {
    Path from = Golden.selfMade(name);
    Path to = Files.createDirectories(folder.resolve(name + "-" + field));
    Files.copy(from.resolve("model.safetensors"), to.resolve("model.safetensors"));
    var config = (ObjectNode) Json.read(from.resolve("config.json"));
    config.set(field, value);
    Files.writeString(to.resolve("config.json"), Json.pretty(config));
    return to;
  }
}
