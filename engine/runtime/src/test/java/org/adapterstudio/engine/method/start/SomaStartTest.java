package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Map;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.model.pass.Linear;
import org.junit.jupiter.api.Test;

class SomaStartTest {
  @Test
  void itIsMilorasStartInLaterBlocksAloneAndTheFirstPassIsTheBases() {
    try (var lora = StartedLora.of("soma", Map.of("start_block", IntNode.valueOf(1)));
        var minor = StartedLora.of("milora", Map.of())) {
      assertThat(lora.sites()).isNotEmpty().allMatch(site -> site.layer() >= 1);
      assertThat(lora.model().settings().bias()).isEqualTo("all");
      for (Linear site : lora.sites()) {
        assertThat(lora.product(site).minus(minor.product(site)).largest()).isZero();
        double[] spectrum = StartedLora.spectrum(lora.w(site));
        double least = 0;
        for (int i = spectrum.length - StartedLora.RANK; i < spectrum.length; i++) {
          least += spectrum[i] * spectrum[i];
        }
        assertThat(lora.product(site).squares()).isCloseTo(least, within(1e-4 * least));
      }
      assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false))).isLessThan(1e-5);
    }
  }

  @Test
  void aBlockThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () -> StartedLora.of("soma", Map.of("start_block", IntNode.valueOf(40))).close())
        .hasMessageContaining("start_block is 40");
  }
}
