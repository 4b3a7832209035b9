package org.adapterstudio.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every test that docs/complaints.md names is there. */
class ComplaintsTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Path REGISTER = Sources.ROOT.resolve("docs/complaints.md");

  static List<String> rows() {
    return Sources.text(REGISTER).lines().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
  }

  static Stream<String> named() {
    return NAMED
        .matcher(Sources.text(REGISTER))
        .results()
        .map(found -> found.group(1) + " " + found.group(2));
  }

  @Test
  void thereAreTwelveAndEachNamesATest() {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(12).allMatch(row -> NAMED.matcher(row).find());
  }

  @ParameterizedTest
  @MethodSource("named")
  void theTestIsThereAndRuns(String name) {
    String[] words = name.split(" ");
    List<Path> files =
        Sources.java().stream()
            .filter(file -> file.getFileName().toString().equals(words[0] + ".java"))
            .toList();
    assertThat(files).as(words[0]).isNotEmpty();
    assertThat(files).as(name).anyMatch(file -> isTest(Sources.text(file), words[1]));
  }

  /** Whether the nearest annotations above a method make it a test. */
  private static boolean isTest(String source, String method) {
    Matcher named = Pattern.compile("void\\s+" + method + "\\(").matcher(source);
    int at = named.find() ? named.start() : -1;
    int before = at < 0 ? 0 : Math.max(0, source.lastIndexOf("\n\n", at));
    return at >= 0 && source.substring(before, at).matches("(?s).*@(Test|ParameterizedTest)\\b.*");
  }
}
