package org.adapterstudio.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCard.Capability;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method on bases of other kinds than the contract's own: forward, gradients, files. */
class MethodFamiliesTest {
  @TempDir Path folder;

  static Stream<Arguments> methodsAndBases() {
    return MethodCatalogue.cards("adapter").stream()
        .filter(card -> !card.can(Capability.REPLACES_BASE))
        .flatMap(
            card ->
                Stream.of("gpt2", "bert", "vit")
                    .filter(base -> card.suitsBase(kind(base), base))
                    .map(base -> Arguments.of(card.key(), base)));
  }

  private static String kind(String type) {
    return ModelFamilies.find(type).orElseThrow().network();
  }

  @ParameterizedTest
  @MethodSource("methodsAndBases")
  void learnsAndIsReadBackOnOtherKindsOfBases(String key, String family) {
    MethodCard card = MethodCatalogue.card("adapter", key);
    Path place = Golden.folder("models/" + family);
    try (var base = BaseModel.load(place, "float32");
        var file = SafetensorsFile.open(place.resolve("expected.safetensors"));
        var plain = AdaptedModel.plain(base);
        var model =
            AdaptedModel.attach(base, settings(card, InputFile.read(file, base.network())), 3)) {
      Inputs in = InputFile.read(file, base.network());
      if (card.can(Capability.IDENTITY_AT_START)) {
        double moved = Compare.maxDifference(logits(plain, in), logits(model, in));
        assertThat(moved).as("difference at the start").isLessThan(1e-5);
      }
      move(model, in, file.longs("labels"));
      assertThat(Compare.maxDifference(logits(plain, in), logits(model, in))).isPositive();
      AdapterFolder.write(model, folder.resolve("saved"), "");
      try (var back = AdapterFolder.load(base, folder.resolve("saved"))) {
        assertThat(logits(back, in)).containsExactly(logits(model, in));
      }
    }
  }

  /** Methods that are about tokens are told one that is there. */
  private static Recipe.Adapter settings(MethodCard card, Inputs in) {
    var knobs = new HashMap<String, JsonNode>();
    card.knobs().stream()
        .map(Knob::key)
        .filter(Set.of("token_indices", "alora_invocation_tokens")::contains)
        .forEach(key -> knobs.put(key, Json.tree(List.of(in.tokens().ids()[0]))));
    return new Recipe.Adapter(
        card.key(), 4, 8.0, 0.0, null, null, null, null, null, null, knobs, null);
  }

  /** Two steps down the gradient, which must be finite everywhere and reach something. */
  private static void move(AdaptedModel model, Inputs in, long[] labels) {
    for (int step = 0; step < 2; step++) {
      try (Scope scope = Kernels.get().training()) {
        var loss = model.network().loss(Pass.still(scope, model.weights()), in, labels);
        Autograd.backward(
            scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
        double largest = 0;
        for (var array : model.trainable().values()) {
          float[] gradient = Autograd.gradient(scope, array).toFloatArray();
          assertThat(gradient).doesNotContain(Float.NaN);
          largest = Math.max(largest, Compare.largest(gradient));
          step(array, gradient);
          Autograd.zero(array);
        }
        assertThat(largest).isPositive();
      }
    }
  }

  private static void step(ai.djl.ndarray.NDArray array, float[] gradient) {
    try (Scope work = Kernels.get().inference()) {
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] -= 0.01f * Math.signum(gradient[i]);
      }
      work.call("assign", array, work.floats(values, array.getShape().getShape()));
    }
  }

  private static float[] logits(AdaptedModel model, Inputs in) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      var logits = model.network().outputs(pass, in, Tap.NONE).firstEntry().getValue();
      return withoutPadding(logits, in);
    }
  }

  /** What stands at padded positions is nobody's business. */
  private static float[] withoutPadding(ai.djl.ndarray.NDArray logits, Inputs in) {
    float[] values = logits.toFloatArray();
    boolean padded = in.tokens() != null && in.tokens().attention() != null;
    int width = (int) logits.getShape().get(logits.getShape().dimension() - 1);
    if (padded && values.length == in.tokens().attention().length * width) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= in.tokens().attention()[i / width];
      }
    }
    return values;
  }
}
