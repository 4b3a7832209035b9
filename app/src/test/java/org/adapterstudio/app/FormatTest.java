package org.adapterstudio.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file is as google-java-format writes it. */
class FormatTest {
  private static final String APPLY = "apply";

  @Test
  void everyFileIsFormatted() {
    boolean apply = APPLY.equals(System.getProperty("format"));
    List<String> wrong =
        Sources.java().parallelStream()
            .filter(file -> differs(file, apply))
            .map(file -> Sources.ROOT.relativize(file).toString())
            .sorted()
            .toList();
    if (!apply) {
      assertThat(wrong)
          .as(
              "To format them: mvn -pl app -am test -Dtest=FormatTest -Dformat=apply"
                  + " -Dsurefire.failIfNoSpecifiedTests=false")
          .isEmpty();
    }
  }

  private static boolean differs(Path file, boolean apply) {
    String text = Sources.text(file);
    try {
      var formatter = new Formatter();
      String formatted = StringWrapper.wrap(formatter.formatSourceAndFixImports(text), formatter);
      if (apply && !formatted.equals(text)) {
        Files.writeString(file, formatted);
      }
      return !formatted.equals(text);
    } catch (FormatterException | IOException e) {
      throw new AssertionError(file + " cannot be formatted: " + e.getMessage(), e);
    }
  }
}
