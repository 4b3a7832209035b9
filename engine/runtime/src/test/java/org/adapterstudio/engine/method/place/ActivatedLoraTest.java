package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivatedLoraTest {
  @TempDir Path folder;

  private PicoAdapter pico(String targets) {
    String knobs = "{\"alora_invocation_tokens\": [7, 3]}";
    return new PicoAdapter(folder, "alora", targets, knobs).moved();
  }

  @Test
  void everythingBeforeTheInvocationIsTheBases() {
    try (var pico = pico("\"all-linear\"")) {
      float[] base = PicoAdapter.logits(pico.plain, 1, 2, 7, 3, 9);
      float[] own = PicoAdapter.logits(pico.model, 1, 2, 7, 3, 9);
      assertThat(pico.at(own, 0, 2)).containsExactly(pico.at(base, 0, 2));
      assertThat(Compare.maxDifference(pico.at(base, 2, 3), pico.at(own, 2, 3)))
          .isGreaterThan(1e-4);
    }
  }

  @Test
  void theLastInvocationCounts() {
    try (var pico = pico("\"all-linear\"")) {
      float[] base = PicoAdapter.logits(pico.plain, 7, 3, 1, 7, 3);
      float[] own = PicoAdapter.logits(pico.model, 7, 3, 1, 7, 3);
      assertThat(pico.at(own, 0, 3)).containsExactly(pico.at(base, 0, 3));
    }
  }

  @Test
  void aRowWithoutTheInvocationIsTheBases() {
    try (var pico = pico("\"all-linear\"")) {
      assertThat(PicoAdapter.logits(pico.model, 1, 7, 2, 3))
          .containsExactly(PicoAdapter.logits(pico.plain, 1, 7, 2, 3));
    }
  }

  @Test
  void writingTokenByTokenGivesTheLogitsOfTheWholeRow() {
    try (var pico = pico("[\"q_proj\", \"v_proj\"]")) {
      float[] whole = pico.last(PicoAdapter.logits(pico.model, 1, 7, 3, 9, 4));
      assertThat(Compare.maxDifference(whole, pico.written(3, 1, 7, 3, 9, 4))).isLessThan(1e-5);
    }
  }

  @Test
  void theHeadIsRefused() {
    assertThatThrownBy(() -> pico("[\"lm_head\"]"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("lm_head");
  }
}
