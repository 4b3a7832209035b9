package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;

class MiloraStartTest {
  @Test
  void productsAndResidualsAreThoseOfTheReference() {
    Path reference = Golden.folder("adapters/llama/milora/initial.safetensors");
    var layers = new String[] {"q_proj", "v_proj", "down_proj"};
    var settings = StartedLora.settings("milora", 4, Map.of(), layers).alpha(4);
    try (var lora = StartedLora.of(settings, Storage.plain("float32"), Optional.empty());
        var file = SafetensorsFile.open(reference)) {
      double worst = lora.fromReference(file);
      assertThat(worst).isLessThan(1e-5);
      Golden.ran("adapters/llama/milora start, largest difference " + worst);
    }
  }

  @Test
  void whatIsTakenIsTheLeastOfAllChoicesAndTheLargeSingularValuesStay() {
    try (var lora = StartedLora.of("milora", Map.of())) {
      for (Linear site : lora.sites()) {
        double[] spectrum = StartedLora.spectrum(lora.w(site));
        double least = 0;
        for (int i = spectrum.length - StartedLora.RANK; i < spectrum.length; i++) {
          least += spectrum[i] * spectrum[i];
        }
        assertThat(lora.product(site).squares()).isCloseTo(least, within(1e-4 * least));
        double[] left = StartedLora.spectrum(lora.w(site).minus(lora.product(site)));
        for (int i = 0; i < spectrum.length - StartedLora.RANK; i++) {
          assertThat(left[i]).isCloseTo(spectrum[i], within(1e-5));
        }
      }
    }
  }

  @Test
  void thePrincipalBandIsPissaAndEveryBandStartsAsTheBase() {
    try (var pissa = StartedLora.of("pissa", Map.of())) {
      for (String band : List.of("principal", "middle", "minor", "random")) {
        try (var lora = StartedLora.of("milora", Map.of("band", TextNode.valueOf(band)))) {
          assertThat(Compare.maxDifference(lora.logits(true), pissa.logits(false)))
              .as(band)
              .isLessThan(1e-5);
          Linear site = lora.sites().getFirst();
          double apart = lora.product(site).minus(pissa.product(site)).largest();
          assertThat(apart < 1e-6).as(band).isEqualTo(band.equals("principal"));
        }
      }
    }
  }
}
