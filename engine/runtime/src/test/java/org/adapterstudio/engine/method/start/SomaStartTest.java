package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.train.Trainer;
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
  void itsWeightDecayFallsAlongHalfACosine() {
    var decay = new AnnealedDecay(0.05, 1e-5);
    decay.begin(11);
    assertThat(decay.weightDecay(1).getAsDouble()).isEqualTo(0.05);
    assertThat(decay.weightDecay(6).getAsDouble()).isCloseTo((0.05 + 1e-5) / 2, within(1e-12));
    assertThat(decay.weightDecay(11).getAsDouble()).isCloseTo(1e-5, within(1e-12));
    for (int step = 2; step <= 11; step++) {
      assertThat(decay.weightDecay(step).getAsDouble())
          .isLessThan(decay.weightDecay(step - 1).getAsDouble());
    }
  }

  /** A decoupled decay takes rate x decay of each number, whatever its gradient. */
  @Test
  void itsWeightDecayIsThatOfTheUpdatesAndOfAFileReadBack() {
    double rate = 0.01;
    Map<String, JsonNode> none = Map.of("decay_first", Json.tree(0), "decay_last", Json.tree(0));
    try (var with = StartedLora.of("soma", Map.of());
        var without = StartedLora.of("soma", none)) {
      Map<String, float[]> before = numbers(with.model());
      step(with.model(), rate);
      step(without.model(), rate);
      Map<String, float[]> plain = numbers(without.model());
      numbers(with.model())
          .forEach(
              (name, decayed) -> {
                for (int i = 0; i < decayed.length; i++) {
                  double wanted = plain.get(name)[i] - rate * 0.05 * before.get(name)[i];
                  assertThat((double) decayed[i]).as(name).isCloseTo(wanted, within(1e-6));
                }
              });
      var start = Attachment.Start.STORED;
      try (var read = AdaptedModel.attach(with.model().base(), with.model().settings(), 1, start)) {
        assertThat(read.attached().schedule()).isPresent();
      }
    }
  }

  private static void step(AdaptedModel model, double rate) {
    try (var trainer = new Trainer(model, Trainings.constant(rate), 5)) {
      trainer.step(1, SampleBatches.rows(SampleBatches.some(model.base())));
    }
  }

  private static Map<String, float[]> numbers(AdaptedModel model) {
    var numbers = new LinkedHashMap<String, float[]>();
    model.trainable().forEach((name, array) -> numbers.put(name, array.toFloatArray()));
    return numbers;
  }

  @Test
  void aBlockThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () -> StartedLora.of("soma", Map.of("start_block", IntNode.valueOf(40))).close())
        .hasMessageContaining("start_block is 40");
  }
}
