package org.adapterstudio.engine.method.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PEFT drew from a seed is drawn again, number by number, so that a file may leave it out. */
class DrawnProjectionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"vera", "pvera", "randlora", "tinylora", "frod"})
  void frozenNumbersFollowFromTheirSeed(String name) {
    try (var base = BaseModel.load(Golden.folder("models/llama"), "float32");
        var stored = AdapterFolder.load(base, Golden.folder("adapters/llama/" + name));
        var drawn = AdaptedModel.attach(base, stored.settings(), 5)) {
      var same = stored.stored();
      same.keySet()
          .removeIf(key -> !key.matches(".*(vera_[AB]|randlora_[AB]|_P|frod_s_indices.*)"));
      assertThat(same).isNotEmpty();
      same.forEach(
          (key, kept) ->
              assertThat(drawn.stored().get(key).array().toFloatArray())
                  .as(key)
                  .containsExactly(kept.array().toFloatArray()));
    }
  }
}
