package org.adapterstudio.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers computed twice give the gradients of layers computed once. */
class ActivationCheckpointingTest {
  static Stream<Path> folders() {
    var shared =
        Stream.of(
                "llama", "mistral_swa", "qwen3", "gemma2", "phi3", "gpt2", "bert", "t5", "whisper")
            .map(name -> Golden.folder("models/" + name));
    var own =
        Stream.of("gpt_neox", "opt_350m", "deberta_v2", "distilbert", "t5_v1_1")
            .map(Golden::selfMade);
    return Stream.concat(shared, own);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void adaptersWithDropoutGetTheSameGradients(Path folder) {
    compare(folder, settings("lora", 0.2), "lora on " + folder.getFileName());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyParameterOfTheBaseGetsTheSameGradient(Path folder) {
    compare(folder, settings("full", 0), "full on " + folder.getFileName());
  }

  private static Recipe.Adapter settings(String method, double dropout) {
    return new Recipe.Adapter(
        method, 4, 8.0, dropout, null, null, null, null, null, null, null, null);
  }

  private static void compare(Path folder, Recipe.Adapter settings, String name) {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(folder, "float32");
        var model = AdaptedModel.attach(base, settings, 5)) {
      spread(model);
      Inputs in = InputFile.read(file, base.network());
      long[] labels = file.longs("labels");
      long live = Kernels.get().liveArrays();
      Map<String, float[]> once = gradients(model, in, labels, false);
      Map<String, float[]> twice = gradients(model, in, labels, true);
      assertThat(Kernels.get().liveArrays()).isEqualTo(live);
      double worst = 0;
      for (var entry : once.entrySet()) {
        double difference = Compare.maxDifference(entry.getValue(), twice.get(entry.getKey()));
        double scale = Math.max(1, Compare.largest(entry.getValue()));
        // What several readers share (one table, an encoder's states) sums them in another order.
        boolean shared = entry.getKey().endsWith("shared.weight");
        boolean read = entry.getKey().contains("encoder.");
        double allowed = shared || read ? 3e-6 : 1e-6;
        assertThat(difference / scale).as(entry.getKey()).isLessThanOrEqualTo(allowed);
        worst = Math.max(worst, difference / scale);
      }
      Golden.ran("activation checkpointing, " + name + ", largest difference " + worst);
    }
  }

  /** Numbers in B, which starts at zero and would hide the gradient of A. */
  static void spread(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      model
          .trainable()
          .forEach(
              (name, array) -> {
                if (name.endsWith("lora_B.weight")) {
                  float[] values = new float[(int) array.size()];
                  for (int i = 0; i < values.length; i++) {
                    values[i] = (i % 7 - 3) * 0.01f;
                  }
                  scope.call("assign", array, scope.floats(values, array.getShape().getShape()));
                }
              });
    }
  }

  private static Map<String, float[]> gradients(
      AdaptedModel model, Inputs in, long[] labels, boolean twice) {
    model.trainable().values().forEach(Autograd::zero);
    try (Scope scope = Kernels.get().training()) {
      Pass pass = Pass.training(scope, model.weights(), new Draw(3, 1, 0), twice);
      var loss = model.network().loss(pass, in, labels);
      pass.backward(scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      var gradients = new LinkedHashMap<String, float[]>();
      model
          .trainable()
          .forEach(
              (name, array) -> gradients.put(name, Autograd.gradient(scope, array).toFloatArray()));
      return gradients;
    }
  }
}
