package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource({"0,0 B", "999,999 B", "1000,1.0 kB", "2500000000,2.5 GB", "412000000000,412 GB"})
  void filesCountInPowersOfTen(long bytes, String words) {
    assertThat(Formats.file(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"1023,1023 B", "1073741824,1.0 GiB", "17179869184,16.0 GiB"})
  void memoryCountsInPowersOfTwo(long bytes, String words) {
    assertThat(Formats.memory(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"812,812", "1240,1.2k", "7240000000,7.2B"})
  void countsAreShort(long count, String words) {
    assertThat(Formats.count(count)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"11.6,12 s", "200,3 min 20 s", "3840,1 h 04 min"})
  void timesUseTwoUnitsAtMost(double seconds, String words) {
    assertThat(Formats.time(seconds)).isEqualTo(words);
  }

  @Test
  void wholeNumbersAreGroupedByAThinSpace() {
    assertThat(Formats.whole(9804)).isEqualTo("9\u202f804");
  }
}
