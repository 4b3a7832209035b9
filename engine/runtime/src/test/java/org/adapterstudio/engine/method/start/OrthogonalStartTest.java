package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.junit.jupiter.api.Test;

class OrthogonalStartTest {
  @Test
  void bothFactorsAreAwayFromZeroAndTheirProductIsZero() {
    try (var lora = StartedLora.of("orthogonal", Map.of())) {
      for (Linear site : lora.sites()) {
        assertThat(lora.a(site).largest()).isGreaterThan(0.05);
        assertThat(lora.b(site).largest()).isGreaterThan(0.05);
        assertThat(lora.product(site).largest()).isLessThan(1e-7);
      }
    }
  }

  @Test
  void anOddRankIsRefused() {
    var odd = StartedLora.settings("orthogonal", 3, Map.of());
    try (var base = StartedLora.open(Storage.plain("float32"))) {
      assertThatThrownBy(() -> AdaptedModel.attach(base, odd, 1)).hasMessageContaining("rank 3");
    }
  }
}
