package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void timesSizesAndRatesAreWrittenTheStudiosWay() {
    assertThat(Words.time(12.4)).isEqualTo("12 s");
    assertThat(Words.time(62)).isEqualTo("1 min 02 s");
    assertThat(Words.time(3840)).isEqualTo("1 h 04 min");
    assertThat(Words.size(999)).isEqualTo("999 B");
    assertThat(Words.size(8_123_456)).isEqualTo("8.1 MB");
    assertThat(Words.rate(2e-4)).isEqualTo("2.00e-4");
    assertThat(Words.rate(0)).isEqualTo("0");
  }

  @Test
  void theBarIsEmptyAtTheStartAndFullAtTheEnd() {
    assertThat(Pace.bar(0, 60)).isEqualTo("[" + " ".repeat(24) + "]");
    assertThat(Pace.bar(30, 60)).isEqualTo("[" + "#".repeat(12) + " ".repeat(12) + "]");
    assertThat(Pace.bar(60, 60)).isEqualTo("[" + "#".repeat(24) + "]");
    assertThat(Pace.bar(5, 0)).isEqualTo("[" + " ".repeat(24) + "]");
  }

  @Test
  void countedPhasesTellSizesAsSizes() {
    assertThat(Answers.counted("unpacking", 120_000_000, 432_000_000, "bytes"))
        .isEqualTo("unpacking 120.0 MB of 432.0 MB");
    assertThat(Answers.counted("answering", 3, 240, "rows")).isEqualTo("answering 3 of 240 rows");
    assertThat(Answers.counted("loading", 0, 0, "")).isEqualTo("loading");
  }

  @Test
  void numbersStandRightAndWordsLeft() {
    var table = new Table("NAME", "LOSS");
    table.row("a", "1.2");
    table.row("long name", "10.25");
    assertThat(table.toString().lines())
        .containsExactly("NAME        LOSS", "a            1.2", "long name  10.25");
  }

  @Test
  void aTerminalLineIsRedrawnAndALogLineIsNotRepeated() {
    var drawn = new StringWriter();
    var onTerminal = new ProgressLine(new PrintWriter(drawn), true);
    onTerminal.show("training 1");
    onTerminal.clear();
    assertThat(drawn.toString()).isEqualTo("\r\033[Ktraining 1\r\033[K");
    var logged = new StringWriter();
    var inLog = new ProgressLine(new PrintWriter(logged), false);
    inLog.show("loading");
    inLog.show("loading");
    inLog.show("saving");
    assertThat(logged.toString().lines()).containsExactly("loading", "saving");
  }
}
