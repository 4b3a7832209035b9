package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two thousand steps with evaluation, spectra, events and checkpoints: nothing piles up. */
@Tag("nightly")
class SoakTest {
  private static final int SETTLED = 300;
  private static final double MOST_A_THOUSAND_STEPS = 2 << 20;

  @TempDir Path folder;

  /** What one line of the process says. */
  private record Reading(int step, long anonymous, long arrays, long files, long heap) {}

  @ParameterizedTest
  @ValueSource(strings = {"lora", "qlora"})
  void memoryArraysAndFilesStayWhatTheyAre(String method) throws Exception {
    Assumptions.assumeTrue(java.nio.file.Files.isDirectory(Path.of("/proc/self/fd")));
    var shape = new PicoProject.Shape(64, 160, 4, 4, 2, 512, 128, "F32");
    RunFolder run =
        new PicoProject(folder, shape)
            .run(
                "soak",
                "training.max_steps=2000",
                "adapter.method=" + method,
                "data.max_length=64");
    List<Reading> settled =
        readings(EngineProcesses.output(Soak.class, run.path().toString())).stream()
            .filter(reading -> reading.step() >= SETTLED)
            .toList();
    assertThat(settled.getLast().step()).isEqualTo(2000);
    double slope = 1000 * slope(settled);
    System.out.printf(
        "soak of %s: anonymous memory %+.2f MiB per 1,000 steps (%.1f MiB at the end), %d arrays,"
            + " %d open files, heap in use %.1f to %.1f MiB%n",
        method,
        slope / (1 << 20),
        settled.getLast().anonymous() / (double) (1 << 20),
        settled.getLast().arrays(),
        settled.getLast().files(),
        settled.getFirst().heap() / (double) (1 << 20),
        settled.getLast().heap() / (double) (1 << 20));
    assertThat(slope).isLessThan(MOST_A_THOUSAND_STEPS);
    assertThat(settled.stream().map(Reading::arrays).distinct()).hasSize(1);
    assertThat(settled.stream().map(Reading::files).distinct()).hasSize(1);
  }

  private static List<Reading> readings(List<String> lines) {
    var readings = new ArrayList<Reading>();
    for (String line : lines) {
      if (line.startsWith("soak ")) {
        String[] numbers = line.split(" ");
        readings.add(
            new Reading(
                Integer.parseInt(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]),
                Long.parseLong(numbers[5])));
      }
    }
    return readings;
  }

  /** Bytes a step, by least squares. */
  private static double slope(List<Reading> readings) {
    double meanStep = readings.stream().mapToInt(Reading::step).average().orElseThrow();
    double meanBytes = readings.stream().mapToLong(Reading::anonymous).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (Reading reading : readings) {
      above += (reading.step() - meanStep) * (reading.anonymous() - meanBytes);
      below += (reading.step() - meanStep) * (reading.step() - meanStep);
    }
    return above / below;
  }
}
