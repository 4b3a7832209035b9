package org.adapterstudio.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String HOSTILE = "<script>alert(\"x\")</script>";
  @TempDir Path folder;

  @Test
  void showsResultCurvesSpectraSamplesAndRecipe() throws Exception {
    var report = new HtmlReport(run(), Optional.of(comparison()), 240);
    Path file = folder.resolve("report.html");
    report.write(file);
    assertThat(Files.readString(file))
        .contains("240 held-out rows", "97.5 %", "class=\"smooth\"", "class=\"eval\"")
        .contains("1 q_proj", "Effective rank", "Singular values", "the wanted answer")
        .contains("&quot;max_steps&quot;");
  }

  @Test
  void nothingFromAFileReachesThePageUnescaped() {
    String page = new HtmlReport(run(), Optional.empty(), 0).page();
    assertThat(page).doesNotContain(HOSTILE).contains("&lt;script&gt;");
  }

  @Test
  void asksTheNetworkForNothing() {
    String page = new HtmlReport(run(), Optional.of(comparison()), 1).page();
    assertThat(page).doesNotContain("http://", "https://", "<script", "src=", "@import");
  }

  @Test
  void aRunWithoutAStepStillHasAReport() {
    var waiting = RunFolder.create(folder.resolve("none"), recipe());
    assertThat(new HtmlReport(waiting, Optional.empty(), 0).page()).contains("No step was made.");
  }

  @Test
  void aLossThatIsNotANumberLeavesAGapInTheLine() {
    var points =
        List.of(
            new SvgChart.Point(1, 2), new SvgChart.Point(2, Double.NaN), new SvgChart.Point(3, 1));
    assertThat(new SvgChart("x", points).line(points, "raw").svg())
        .containsPattern("d=\"M[^L\"]*M[^L\"]*\"")
        .doesNotContain("NaN");
  }

  @Test
  void smoothingFollowsTensorBoard() {
    var raw = IntStream.of(0, 1, 2).mapToObj(i -> new SvgChart.Point(i, i == 0 ? 4 : 0)).toList();
    var smooth = Curves.smooth(raw);
    assertThat(smooth.get(0).y()).isEqualTo(4);
    assertThat(smooth.get(1).y())
        .isCloseTo(0.96 / 0.64, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void theComparisonIsWrittenWithTheFieldsAProgramExpects() {
    assertThat(Json.line(comparison()))
        .isEqualTo(
            "{\"base\":{\"loss\":3.0,\"exact_match\":0.0},"
                + "\"adapter\":{\"loss\":0.1,\"exact_match\":0.975},"
                + "\"wrong_label_control\":{\"loss\":2.5,\"exact_match\":0.01},"
                + "\"train_seconds\":61.5}");
    assertThat(comparison().convincing()).isTrue();
  }

  @Test
  void ticksAreRoundAndInside() {
    assertThat(new Scale(0.13, 3.9, 0, 100).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Scale.label(2e-4)).isEqualTo("2e-4");
    assertThat(Scale.label(0.30000000000000004)).isEqualTo("0.3");
  }

  private static Comparison comparison() {
    return new Comparison(new Score(3, 0), new Score(0.1, 0.975), new Score(2.5, 0.01), 61.5);
  }

  private static Recipe recipe() {
    return new Recipe(1, HOSTILE, null, null, null, null, null);
  }

  private RunFolder run() {
    var run = RunFolder.create(folder.resolve("run"), recipe());
    try (var log = EventLog.open(run.events())) {
      log.append(new Event.Started(1, "0.1.0", "cpu", 2, 0));
      log.append(new Event.Planned(60, 100, 20, 0, 0, 5_000, 1_000_000));
      for (int step = 1; step <= 60; step++) {
        double loss = 3 * Math.exp(-step / 20.0) + 0.2 * Math.sin(step * 7);
        log.append(new Event.Step(step, loss, 2e-4 * (1 - step / 60.0), 1, 0, 64, 640, 1, 0.1));
        if (step % 10 == 0) {
          log.append(new Event.Spectrum(step, layers(step)));
          log.append(new Event.Evaluated(step, loss + 0.1, 20, true, 0.1, Map.of()));
        }
      }
      log.append(new Event.Sampled(60, "Say it " + HOSTILE, "no idea", "the wanted answer"));
      log.append(new Event.Finished(60, 61.5));
    }
    return run;
  }

  private static List<Event.Spectrum.Layer> layers(int step) {
    return IntStream.range(0, 12)
        .mapToObj(
            i ->
                new Event.Spectrum.Layer(
                    "model.layers."
                        + i / 6
                        + ".self_attn."
                        + List.of("q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj")
                            .get(i % 6),
                    1 + step / 10.0 + i * 0.3,
                    1.5,
                    0.7,
                    IntStream.range(0, 16)
                        .mapToObj(k -> 0.5 * Math.exp(-k * (0.1 + i * 0.03)))
                        .toList()))
        .toList();
  }
}
