package org.adapterstudio.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oft",
        "boft",
        "miss",
        "miss_mini",
        "delora",
        "hira",
        "deft",
        "psoft",
        "slora",
        "nlora",
        "inttune",
        "hydra",
        "block_lora",
        "diffusekrona"
      })
  void whatIsDroppedFollowsTheDrawAlone(String method) {
    var settings =
        new Recipe.Adapter(method, 4, 8.0, 0.5, null, null, null, null, null, null, null, null);
    settings = method.equals("oft") ? settings.turning("oft_block_size", Json.tree(8)) : settings;
    try (var base = BaseModel.load(new PicoProject(folder).base(), "float32");
        var model = AdaptedModel.attach(base, settings, 3)) {
      AdaptedPico.shake(model, 0.1);
      float[] first = logits(model, Optional.of(new Draw(1, 1, 1)));
      assertThat(logits(model, Optional.of(new Draw(1, 1, 1)))).containsExactly(first);
      float[] other = logits(model, Optional.of(new Draw(1, 2, 1)));
      assertThat(Compare.maxDifference(first, other)).isFinite().isPositive();
      assertThat(Compare.maxDifference(first, logits(model, Optional.empty()))).isPositive();
    }
  }

  /** A kernel is computed with its change, of which whole rows are left out. */
  @ParameterizedTest
  @ValueSource(strings = {"loha", "lokr"})
  void ofAKernelsChangeWholeRowsAreLeftOutWhileItIsTrained(String method) {
    var settings =
        new Recipe.Adapter(
            method,
            3,
            6.0,
            0.5,
            Json.tree(List.of("projection")),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    try (var base = BaseModel.load(Golden.folder("models/vit"), "float32");
        var model = AdaptedModel.attach(base, settings, 3)) {
      AdaptedPico.shake(model, 0.1);
      float[] whole = change(model, Optional.empty());
      float[] first = change(model, Optional.of(new Draw(1, 1, 1)));
      assertThat(change(model, Optional.of(new Draw(1, 1, 1)))).containsExactly(first);
      int columns = columns(model);
      int left = 0;
      for (int row = 0; row < whole.length / columns; row++) {
        float[] own = Arrays.copyOfRange(first, row * columns, (row + 1) * columns);
        boolean gone = Compare.largest(own) == 0;
        left += gone ? 0 : 1;
        int at = row * columns + 1;
        assertThat(gone || Math.abs(first[at]) >= Math.abs(whole[at])).as("row " + row).isTrue();
      }
      assertThat(left).isBetween(1, whole.length / columns - 1);
    }
  }

  private static int columns(AdaptedModel model) {
    String module = model.attached().layers().firstEntry().getKey();
    return model.network().sites().stream()
        .filter(site -> site.module().equals(module))
        .findFirst()
        .orElseThrow()
        .in();
  }

  private static float[] change(AdaptedModel model, Optional<Draw> draw) {
    try (Scope scope = Kernels.get().training()) {
      Pass pass =
          draw.map(drawn -> Pass.training(scope, model.weights(), drawn, false))
              .orElseGet(() -> Pass.still(scope, model.weights()));
      return model
          .attached()
          .layers()
          .firstEntry()
          .getValue()
          .change(pass)
          .orElseThrow()
          .toFloatArray();
    }
  }

  private static float[] logits(AdaptedModel model, Optional<Draw> draw) {
    try (Scope scope = Kernels.get().training()) {
      Pass pass =
          draw.map(drawn -> Pass.training(scope, model.weights(), drawn, false))
              .orElseGet(() -> Pass.still(scope, model.weights()));
      Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }
}
