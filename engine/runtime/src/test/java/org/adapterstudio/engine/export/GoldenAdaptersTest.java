package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenAdaptersTest {
  /** Routers and several adapters at once: they come with the mixtures. */
  private static final Set<String> MIXTURES =
      Set.of(
          "llama/arrow",
          "llama/mixed_lora_loha",
          "llama/multi_active",
          "llama/poly",
          "llama/xlora");

  /** Their gradients are of what leads to a prompt: {@link GoldenPromptsTest}. */
  private static final Set<String> PROMPTS =
      Set.of("llama/p_tuning", "llama/prefix_tuning", "llama/prompt_tuning");

  /** Methods that are not there yet. */
  private static final Set<String> NOT_YET = Set.of();

  static Stream<String> cases() throws IOException {
    var names = new TreeSet<String>();
    Path root = Golden.folder("adapters");
    try (var folders = Files.find(root, 2, (path, is) -> is.isDirectory())) {
      folders
          .map(root::relativize)
          .filter(path -> path.getNameCount() == 2)
          .forEach(path -> names.add(path.toString()));
    }
    names.removeAll(MIXTURES);
    names.removeAll(PROMPTS);
    names.removeAll(NOT_YET);
    assertThat(names).isNotEmpty();
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsLossGradientsAndMergedWeightsAgreeWithPeft(String name) {
    Path folder = Golden.folder("adapters/" + name);
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    Path baseFolder = Golden.folder(expected.path("base_model").asText());
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(baseFolder, "float32");
        var model = AdapterFolder.load(base, folder)) {
      assertThat(model.attached().trainableCount())
          .isEqualTo(expected.path("trainable_parameters").asLong());
      double logits = checkLogits(file, model, expected);
      checkGradients(file, model, expected);
      checkMerged(file, model, expected);
      Golden.ran("adapters/" + name + ", largest logit difference " + logits);
    }
  }

  private static double checkLogits(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    JsonNode tolerance = expected.path("tolerance");
    try (Scope scope = Kernels.get().inference()) {
      Inputs in = InputFile.read(file, model.network());
      Pass pass = Pass.still(scope, model.weights());
      float[] logits =
          model.network().outputs(pass, in, Tap.NONE).firstEntry().getValue().toFloatArray();
      double worst = difference(file.floats("logits"), logits, in);
      assertThat(worst).isLessThanOrEqualTo(tolerance.path("logits_atol").asDouble());
      var loss = model.network().loss(pass, in, labels(file));
      float penalty = told(scope, model).map(NDArray::getFloat).orElse(0f);
      assertThat(loss.sum().getFloat() / loss.targets() + penalty)
          .isCloseTo(
              (float) expected.path("loss").asDouble(),
              within((float) tolerance.path("loss_atol").asDouble(1e-5)));
      return worst;
    }
  }

  /** Gradients by name as the method's schedule leaves them. */
  private static Map<String, NDArray> gradients(Scope scope, AdaptedModel model) {
    var gradients = new LinkedHashMap<String, NDArray>();
    model
        .trainable()
        .forEach((name, array) -> gradients.put(name, Autograd.gradient(scope, array)));
    model.attached().schedule().ifPresent(schedule -> schedule.gradients(scope, 1, gradients));
    return gradients;
  }

  /**
   * PEFT's C3A passes a wrong gradient to its input (it is turned around; C3aTest proves ours), so
   * that only the last adapted layer's own gradient can be compared. Its LoHa with cores takes the
   * other product's core ({@link GoldenKernelCoresTest} proves both).
   */
  private static boolean behindWrongGradient(JsonNode expected, String key) {
    return switch (expected.path("method").asText()) {
      case "c3a" -> !key.contains("layers.1.mlp");
      case "loha_conv2d" -> key.matches(".*\\.hada_w[12]_a");
      default -> false;
    };
  }

  /** PEFT adds a method's penalty to the loss it tells, but leaves KaSA's to the caller. */
  private static Optional<NDArray> told(Scope scope, AdaptedModel model) {
    return model
        .attached()
        .schedule()
        .filter(_ -> !model.settings().method().equals("kasa"))
        .flatMap(schedule -> schedule.penalty(scope));
  }

  /** What stands at padded positions is nobody's business. */
  private static double difference(Values wanted, float[] logits, Inputs in) {
    boolean padded = in.decoder() == null && wanted.shape().length == 3;
    return padded
        ? Compare.maxDifference(wanted, logits, in.tokens().attention())
        : Compare.maxDifference(wanted.data(), logits);
  }

  private static void checkGradients(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    JsonNode tolerance = expected.path("tolerance");
    try (Scope scope = Kernels.get().training()) {
      Pass pass = trained(scope, model, expected);
      Inputs in = InputFile.read(file, model.network());
      var loss = model.network().loss(pass, in, labels(file));
      pass.backward(scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      told(scope, model).ifPresent(penalty -> Autograd.backward(scope, penalty));
      List<String> keys = names(file, "grad.");
      assertThat(keys.stream().map(key -> trained(model, key)).distinct())
          .containsExactlyInAnyOrderElementsOf(model.trainable().keySet());
      Map<String, NDArray> gradients = gradients(scope, model);
      keys.removeIf(key -> behindWrongGradient(expected, key));
      for (String key : keys) {
        Values wanted = file.floats(key);
        float[] gradient = gradients.get(trained(model, key)).toFloatArray();
        double allowed =
            tolerance.path("grad_atol").asDouble(1e-6)
                + tolerance.path("grad_rtol").asDouble(1e-3) * Compare.largest(wanted.data());
        assertThat(Compare.maxDifference(wanted.data(), gradient))
            .as(key)
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  /** Where training has gradients of its own, they are the ones that were stored. */
  private static Pass trained(Scope scope, AdaptedModel model, JsonNode expected) {
    boolean own = expected.path("train_vs_eval_gradient_max_abs_diff").asDouble() > 0;
    return own
        ? Pass.training(scope, model.weights(), new Draw(0, 1, 1), false)
        : Pass.still(scope, model.weights());
  }

  /**
   * The trained tensor a gradient is of; what layers share is listed under each of them, and bias =
   * "all" lists a saved module's bias twice.
   */
  private static String trained(AdaptedModel model, String key) {
    String name = key.substring("grad.".length()).replace(".modules_to_save.", ".");
    String own = model.network().onDisk(name);
    Kept stored = model.stored().get(own);
    if (stored == null || !stored.repeated()) {
      return own;
    }
    return model.trainable().entrySet().stream()
        .filter(entry -> entry.getValue() == stored.array())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Pairs of pictures and texts have none. */
  private static long[] labels(SafetensorsFile file) {
    return file.has("labels") ? file.longs("labels") : null;
  }

  private static void checkMerged(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    var merged = MergedModel.weights(model);
    List<String> keys = names(file, "merged.");
    assertThat(keys.isEmpty()).isEqualTo(expected.has("merge")); // which says why not
    for (String key : keys) {
      float[] weight = merged.get(key.substring("merged.".length())).values().get();
      assertThat(Compare.maxDifference(file.floats(key).data(), weight))
          .as(key)
          .isLessThanOrEqualTo(expected.path("tolerance").path("merged_atol").asDouble(1e-5));
    }
  }

  private static List<String> names(SafetensorsFile file, String prefix) {
    return file.header().tensors().stream()
        .map(tensor -> tensor.name())
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
