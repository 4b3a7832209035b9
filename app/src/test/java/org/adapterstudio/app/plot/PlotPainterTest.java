package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotPainterTest {
  private static final Series NONE = new Series();

  @Test
  void saysWhatAnEmptyPlotWaitsFor() {
    var content = content(new Series(), null, Double.NaN);
    assertThat(svg(content)).contains("Waiting for the first").doesNotContain("polyline");
  }

  @Test
  void drawsRawFaintUnderTheSmoothedLine() {
    String svg = svg(content(SmoothedTest.series(3, 2, 4, 1), null, Double.NaN));
    assertThat(svg).contains("stroke-opacity=\"0.35\"").contains("stroke-opacity=\"1.00\"");
  }

  @Test
  void marksNotANumberAsATriangleOnTheAxis() {
    String svg = svg(content(SmoothedTest.series(3, Double.NaN, 2), null, Double.NaN));
    assertThat(svg).contains("<polygon fill=\"#danger\"");
    assertThat(svg(content(SmoothedTest.series(3, 2, 2), null, Double.NaN)))
        .doesNotContain("polygon");
  }

  @Test
  void starsTheBestEvaluation() {
    var dots = Curve.plain("held out", SmoothedTest.series(2, 1.5, 1.8), Ink.SECOND, Unit.LOSS);
    String svg = svg(content(SmoothedTest.series(3, 2, 2), dots, Double.NaN));
    // one star at the best point and one in the legend
    assertThat(svg.split("<polygon fill=\"#second\"", -1)).hasSize(3);
  }

  @Test
  void drawsTheClipLineOnlyWhereItIsNear() {
    assertThat(svg(content(SmoothedTest.series(0.5, 0.8, 0.6), null, 1))).contains(">clip<");
    assertThat(svg(content(SmoothedTest.series(0.01, 0.02), null, 1))).doesNotContain(">clip<");
  }

  @Test
  void readsEverySeriesUnderTheCrosshair() {
    var dots = Curve.plain("held out", SmoothedTest.series(2, 1.5), Ink.SECOND, Unit.LOSS);
    var content = content(SmoothedTest.series(3, 2, 1), dots, Double.NaN);
    List<String> lines = new ArrayList<>();
    Reading.of(content, PlotOptions.DEFAULT, 2.2).forEach(reading -> lines.add(reading.text()));
    assertThat(lines)
        .containsExactly("step 2", "train 2.0000", "smoothed 2.3750", "held out 1.5000 @2");
  }

  @Test
  void neverSmoothsACurveThatMustNotBe() {
    var rate = Curve.plain("lr", SmoothedTest.series(1e-4, 3e-4, 2e-4), Ink.FIRST, Unit.RATE);
    var content = new PlotContent("lr", "", List.of(rate), null, NONE, NONE, Double.NaN);
    assertThat(svg(content)).doesNotContain("0.35").contains("polyline");
  }

  @Test
  void breaksALineSoThatItIsKnownWithoutItsColour() {
    var one = Curve.plain("1", SmoothedTest.series(3, 2, 1), Ink.FIRST, Unit.LOSS);
    var two = one.dashed(Dash.DASH_DOT);
    var content = new PlotContent("loss", "", List.of(one, two), null, NONE, NONE, Double.NaN);
    // the line itself and its sample in the legend
    assertThat(svg(content).split("stroke-dasharray=\"6 2 2 2\"", -1)).hasSize(3);
  }

  @Test
  void breaksALongSentenceIntoLinesThatFit() {
    assertThat(Caption.lines("Waiting for the first step of the run", 16))
        .containsExactly("Waiting for the", "first step of", "the run");
  }

  private static PlotContent content(Series series, Curve dots, double limit) {
    var curve = Curve.plain("train", series, Ink.FIRST, Unit.LOSS).smoothed();
    return new PlotContent(
        "Loss", "Waiting for the first step.", List.of(curve), dots, NONE, NONE, limit);
  }

  private static String svg(PlotContent content) {
    Map<Ink, String> colours = new EnumMap<>(Ink.class);
    for (Ink ink : Ink.values()) {
      colours.put(ink, "#" + ink.name().toLowerCase(java.util.Locale.ROOT));
    }
    var pen = new SvgPen(300, 200, colours);
    new PlotPainter(pen, content, PlotOptions.DEFAULT, 300, 200).paint();
    return pen.finish();
  }
}
