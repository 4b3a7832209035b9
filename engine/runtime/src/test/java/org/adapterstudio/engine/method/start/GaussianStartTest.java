package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.adapterstudio.engine.model.pass.Linear;
import org.junit.jupiter.api.Test;

class GaussianStartTest {
  @Test
  void aIsNormalWithDeviationOneOverTheRankAndBIsZero() {
    try (var lora = StartedLora.of("gaussian", Map.of())) {
      double squares = 0;
      long count = 0;
      for (Linear site : lora.sites()) {
        squares += lora.a(site).squares();
        count += lora.a(site).numbers().length;
        assertThat(lora.b(site).largest()).isZero();
      }
      assertThat(Math.sqrt(squares / count)).isBetween(0.24, 0.26);
      assertThat(lora.logits(true)).containsExactly(lora.logits(false));
    }
  }
}
