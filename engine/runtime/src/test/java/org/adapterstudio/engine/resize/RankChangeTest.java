package org.adapterstudio.engine.resize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.inspect.Spectra;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Resizable;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankChangeTest {
  private static final String LAYER = "model.layers.0.self_attn.q_proj";
  private static final long[] IDS = {1, 7, 3, 9, 2, 8, 4, 6, 11, 12, 13, 14};
  private static final int STEPS = 8;

  @TempDir Path folder;
  private BaseModel base;
  private AdaptedModel model;
  private Trainer trainer;

  @BeforeEach
  void trainAFewSteps() {
    base = BaseModel.load(new PicoProject(folder).base(), "float32");
    open("lora", null, Map.of());
    steps(1, STEPS);
  }

  private void open(String method, String initializer, Map<String, JsonNode> knobs) {
    close();
    var settings =
        new Recipe.Adapter(
            method, 6, 12.0, 0.0, null, null, null, null, null, null, knobs, initializer);
    model = AdaptedModel.attach(base, settings, 3);
    trainer = new Trainer(model, training(), 20);
  }

  private void close() {
    if (model != null) {
      trainer.close();
      model.close();
    }
  }

  @AfterEach
  void closeAll() {
    close();
    base.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatACutLosesIsWhatTheSpectrumForetold(int rank) {
    double[] before = change(LAYER);
    Event.Spectrum.Layer spectrum = spectrum();
    Event.RankChanged changed = change(Map.of(LAYER, rank));
    double[] after = change(LAYER);
    double foretold =
        Math.sqrt(spectrum.singularValues().stream().skip(rank).mapToDouble(v -> v * v).sum());
    double lost = 0;
    for (int i = 0; i < before.length; i++) {
      lost += (before[i] - after[i]) * (before[i] - after[i]);
    }
    assertThat(Math.sqrt(lost)).isCloseTo(foretold, within(1e-6));
    assertThat(changed.layers())
        .singleElement()
        .satisfies(
            layer -> {
              assertThat(layer.before()).isEqualTo(6);
              assertThat(layer.after()).isEqualTo(rank);
              assertThat(layer.error()).isCloseTo(foretold, within(1e-6));
            });
    assertThat(spectrum().singularValues()).hasSize(rank);
    for (int i = 0; i < rank; i++) {
      assertThat(spectrum().singularValues().get(i))
          .isCloseTo(spectrum.singularValues().get(i), within(1e-6));
    }
    assertThat(changed.parametersBefore() - changed.parametersAfter()).isEqualTo((6 - rank) * 64L);
    double all = Spectra.of(model).stream().mapToDouble(l -> l.norm() * l.norm()).sum();
    double share = foretold * foretold / (all + foretold * foretold);
    assertThat(changed.lost()).isCloseTo(share, within(1e-6));
  }

  @Test
  void growingLeavesTheFunctionAndTheNextStepsTrainTheNewDirections() {
    float[] before = logits();
    change(Map.of(LAYER, 11, "model.layers.1.mlp.down_proj", 7));
    assertThat(Compare.maxDifference(before, logits())).isLessThan(1e-6);
    assertThat(spectrum().singularValues()).hasSize(11);
    steps(STEPS + 1, STEPS + 4);
    assertThat(spectrum().singularValues().get(10)).isPositive();
  }

  @Test
  void aCutThatLosesNothingLeavesTheFunction() {
    float[] before = logits();
    change(Map.of(LAYER, 10));
    change(Map.of(LAYER, 6));
    assertThat(Compare.maxDifference(before, logits())).isLessThan(1e-6);
  }

  @Test
  void theScaleStaysAndTheSettingsSaySo() {
    double s = layer().factors().s();
    change(Map.of(LAYER, 3));
    assertThat(layer().factors().s()).isEqualTo(s);
    assertThat(model.settings().rankPattern()).containsExactly(Map.entry(LAYER, 3));
    assertThat(model.settings().alphaPattern()).containsExactly(Map.entry(LAYER, 6.0));
    change(Map.of(LAYER, 6));
    assertThat(model.settings().rankPattern()).isEmpty();
    assertThat(model.settings().alphaPattern()).isEmpty();
    open("lora", null, Map.of("use_rslora", Json.tree(true)));
    steps(1, 3);
    double rooted = layer().factors().s();
    change(Map.of(LAYER, 3));
    assertThat(layer().factors().s()).isCloseTo(rooted, within(1e-12));
  }

  /**
   * A gradient G of dW is s G A^T for B and s B^T G for A. Where every step had the same G, the
   * moments after a cut must be those that the new factors would have gathered from it.
   */
  @Test
  void momentsAreThoseThatTheNewFactorsWouldHaveGathered() {
    LowRankOf old = new LowRankOf(layer());
    double[][] g = new double[old.out][old.in];
    var random = new Random(5);
    for (double[] row : g) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double c1 = 1 - Math.pow(0.9, STEPS);
    double c2 = 1 - Math.pow(0.999, STEPS);
    setMoments("lora_A.weight", old.gradientOfA(g), c1, c2);
    setMoments("lora_B.weight", old.gradientOfB(g), c1, c2);
    change(Map.of(LAYER, 4));
    LowRankOf now = new LowRankOf(layer());
    assertThat(now.rank).isEqualTo(4);
    checkMoments("lora_A.weight", now.gradientOfA(g), c1, c2);
    checkMoments("lora_B.weight", now.gradientOfB(g), c1, c2);
  }

  @Test
  void joiningRowsKeepTheOldMomentsAndBeginWithTheMeanOfTheSecond() {
    float[] m = moment("m.", "lora_B.weight");
    float[] v = moment("v.", "lora_B.weight");
    change(Map.of(LAYER, 8));
    float[] first = moment("m.", "lora_B.weight");
    float[] second = moment("v.", "lora_B.weight");
    for (int row = 0; row < 32; row++) {
      double mean = 0;
      for (int j = 0; j < 6; j++) {
        assertThat(first[row * 8 + j]).isEqualTo(m[row * 6 + j]);
        assertThat(second[row * 8 + j]).isEqualTo(v[row * 6 + j]);
        mean += v[row * 6 + j] / 6;
      }
      assertThat(first[row * 8 + 7]).isZero();
      assertThat(second[row * 8 + 7]).isCloseTo((float) mean, within(1e-9f + (float) mean * 1e-5f));
    }
  }

  @Test
  void beforeTheFirstStepAChangeIsAStartWithOtherRanks() {
    open("lora", null, Map.of());
    float[] before = logits();
    RankChange.of(model, Map.of(LAYER, 2), 0, 3).carryOut(trainer).orElseThrow();
    assertThat(logits()).containsExactly(before);
    steps(1, 3);
    assertThat(spectrum().singularValues()).hasSize(2).allMatch(v -> v > 0);
  }

  @Test
  void theRankOfNowChangesNothing() {
    assertThat(RankChange.of(model, Map.of(LAYER, 6), STEPS, 3).carryOut(trainer)).isEmpty();
  }

  @Test
  void whatCannotChangeIsRefusedWithASentenceAndNothingMoves() {
    float[] before = logits();
    refused(Map.of(LAYER, 3, "model.layers.0.self_attn.q_proj2", 3), "No layer model.layers.0");
    refused(Map.of(LAYER, 33), "Rank 33 does not fit the layer " + LAYER + " of 32 x 32");
    refused(Map.of(LAYER, 0), "from 1 to 32");
    assertThat(logits()).containsExactly(before);
    open("dora", null, Map.of());
    refused(Map.of(LAYER, 3), "DoRA are no plain products");
    open("lora", "pissa", Map.of());
    refused(Map.of(LAYER, 3), "The start \"pissa\" took a product of the first rank out");
  }

  @Test
  void noArrayIsLeftBehind() {
    long before = Kernels.get().liveArrays();
    change(Map.of(LAYER, 3));
    change(Map.of(LAYER, 6));
    assertThat(Kernels.get().liveArrays()).isEqualTo(before);
  }

  private void refused(Map<String, Integer> ranks, String words) {
    assertThatThrownBy(() -> RankChange.of(model, new LinkedHashMap<>(ranks), STEPS, 3))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(words);
  }

  private Event.RankChanged change(Map<String, Integer> ranks) {
    return RankChange.of(model, ranks, STEPS, 3).carryOut(trainer).orElseThrow();
  }

  private Resizable layer() {
    return (Resizable) model.attached().layers().get(LAYER);
  }

  private Event.Spectrum.Layer spectrum() {
    return Spectra.of(model).stream()
        .filter(layer -> layer.name().equals(LAYER))
        .findFirst()
        .orElseThrow();
  }

  private double[] change(String module) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      float[] values =
          model.attached().layers().get(module).change(pass).orElseThrow().toFloatArray();
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
  }

  private void steps(int from, int to) {
    var rows = new Rows(Inputs.of(Tokens.of(IDS, 2)), IDS, new int[] {1, 2});
    for (int step = from; step <= to; step++) {
      trainer.step(step, List.of(rows));
    }
  }

  private float[] logits() {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }

  private NDArray state(String moment, String suffix) {
    return trainer.state().get(moment + "base_model.model." + LAYER + "." + suffix);
  }

  private float[] moment(String moment, String suffix) {
    return state(moment, suffix).toFloatArray();
  }

  private void setMoments(String suffix, double[][] gradient, double c1, double c2) {
    float[] m = flat(gradient, c1, false);
    float[] v = flat(gradient, c2, true);
    try (Scope work = Kernels.get().inference()) {
      long[] shape = state("m.", suffix).getShape().getShape();
      work.call("assign", state("m.", suffix), work.floats(m, shape));
      work.call("assign", state("v.", suffix), work.floats(v, shape));
    }
  }

  private void checkMoments(String suffix, double[][] gradient, double c1, double c2) {
    float[] m = flat(gradient, c1, false);
    float[] v = flat(gradient, c2, true);
    double size = Math.max(1, Compare.largest(v));
    assertThat(Compare.maxDifference(m, moment("m.", suffix))).isLessThan(1e-5 * size);
    assertThat(Compare.maxDifference(v, moment("v.", suffix))).isLessThan(1e-5 * size);
  }

  private static float[] flat(double[][] rows, double factor, boolean squared) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      double value = rows[i / rows[0].length][i % rows[0].length];
      flat[i] = (float) (factor * (squared ? value * value : value));
    }
    return flat;
  }

  private static Recipe.Training training() {
    return Trainings.constant(0.01);
  }

  /** A layer's factors as plain numbers. */
  private static final class LowRankOf {
    final int rank;
    final int in;
    final int out;
    final float[] a;
    final float[] b;
    final double s;

    LowRankOf(Resizable layer) {
      rank = (int) layer.factors().a().getShape().get(0);
      in = layer.site().in();
      out = layer.site().out();
      a = layer.factors().a().toFloatArray();
      b = layer.factors().b().toFloatArray();
      s = layer.factors().s();
    }

    double[][] gradientOfA(double[][] g) {
      double[][] gradient = new double[rank][in];
      for (int k = 0; k < rank; k++) {
        for (int j = 0; j < in; j++) {
          for (int i = 0; i < out; i++) {
            gradient[k][j] += s * b[i * rank + k] * g[i][j];
          }
        }
      }
      return gradient;
    }

    double[][] gradientOfB(double[][] g) {
      double[][] gradient = new double[out][rank];
      for (int i = 0; i < out; i++) {
        for (int k = 0; k < rank; k++) {
          for (int j = 0; j < in; j++) {
            gradient[i][k] += s * g[i][j] * a[k * in + j];
          }
        }
      }
      return gradient;
    }
  }
}
