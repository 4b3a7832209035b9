package org.adapterstudio.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients written out are those that autograd finds. */
class TapeTest {
  static Stream<Path> folders() {
    return ActivationCheckpointingTest.folders();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aTapeGivesTheGradientsOfAutograd(Path folder) {
    compare(folder, settings(0), false);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void packedWeightsGiveTheGradientsOfAutograd(Path folder) {
    compare(folder, settings(0), true);
  }

  @Test
  void manyPassesWithDropoutGiveTheSameGradientsBitForBit() {
    Path folder = Golden.folder("models/llama");
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(folder, "float32");
        var model = AdaptedModel.attach(base, settings(0.1), 5)) {
      ActivationCheckpointingTest.spread(model);
      Inputs in = InputFile.read(file, base.network());
      Map<String, float[]> first = onTape(model, in, file.longs("labels"));
      for (int i = 0; i < 200; i++) {
        var junk = new byte[1 << 20]; // makes the collector look for Java's own buffers
        assertThat(junk).isNotNull();
        onTape(model, in, file.longs("labels"))
            .forEach((name, values) -> assertThat(values).as(name).isEqualTo(first.get(name)));
      }
    }
  }

  private static Recipe.Adapter settings(double dropout) {
    return new Recipe.Adapter(
        "lora", 4, 8.0, dropout, null, null, null, null, null, null, null, null);
  }

  private static void compare(Path folder, Recipe.Adapter settings, boolean packed) {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(folder, "float32");
        var model = AdaptedModel.attach(base, settings, 5)) {
      ActivationCheckpointingTest.spread(model);
      if (packed) {
        model.prepareTraining();
      }
      Inputs in = InputFile.read(file, base.network());
      long[] labels = file.longs("labels");
      Map<String, float[]> written = onTape(model, in, labels);
      Map<String, float[]> found = byAutograd(model, in, labels);
      double worst = 0;
      for (var entry : written.entrySet()) {
        float[] other = found.get(entry.getKey());
        double difference =
            Compare.maxDifference(other, entry.getValue()) / Math.max(1, largest(other));
        assertThat(difference).as(entry.getKey()).isLessThanOrEqualTo(5e-6);
        worst = Math.max(worst, difference);
      }
      Golden.ran("tape, " + folder.getFileName() + ", largest difference " + worst);
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Map<String, float[]> onTape(AdaptedModel model, Inputs in, long[] labels) {
    return gradients(
        model,
        in,
        labels,
        scope -> Pass.training(scope, model.weights(), new Draw(3, 1, 0), false));
  }

  private static Map<String, float[]> byAutograd(AdaptedModel model, Inputs in, long[] labels) {
    return gradients(model, in, labels, scope -> Pass.still(scope, model.weights()));
  }

  private static Map<String, float[]> gradients(
      AdaptedModel model, Inputs in, long[] labels, Function<Scope, Pass> begin) {
    model.trainable().values().forEach(Autograd::zero);
    try (Scope scope = Kernels.get().training()) {
      Pass pass = begin.apply(scope);
      var loss = model.network().loss(pass, in, labels);
      pass.backward(scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      var gradients = new LinkedHashMap<String, float[]>();
      for (Map.Entry<String, NDArray> entry : model.trainable().entrySet()) {
        gradients.put(entry.getKey(), Autograd.gradient(scope, entry.getValue()).toFloatArray());
      }
      return gradients;
    }
  }
}
