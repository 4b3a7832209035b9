package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.adapterstudio.app.testing.Sources;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Pattern ASKED =
      Pattern.compile("Messages\\s*\\.text\\(\\s*\"([^\"]+)\"\\s*[,)]");
  private static final Pattern IN_FXML = Pattern.compile("\"%([^\"]+)\"");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  private final Set<String> bundle = new TreeSet<>(Collections.list(Messages.bundle().getKeys()));
  private final String java = Sources.text(Sources.appJava(), ".java");
  private final String fxml = Sources.text(Sources.resources().resolve("fxml"), ".fxml");

  @Test
  void everyKeyThatCodeAsksForIsInTheBundle() {
    assertThat(bundle).containsAll(all(ASKED, java)).isNotEmpty();
  }

  @Test
  void everyKeyThatFxmlAsksForIsInTheBundle() {
    assertThat(bundle).containsAll(all(IN_FXML, fxml));
  }

  @Test
  void everyKeyOfTheBundleIsAskedForSomewhere() {
    Set<String> literals = all(LITERAL, java);
    Set<String> prefixes =
        literals.stream().filter(text -> text.endsWith(".")).collect(Collectors.toSet());
    Set<String> inFxml = all(IN_FXML, fxml);
    assertThat(bundle)
        .filteredOn(key -> !literals.contains(key) && !inFxml.contains(key))
        .filteredOn(key -> prefixes.stream().noneMatch(p -> p.length() > 3 && key.startsWith(p)))
        .as("keys that nobody asks for")
        .isEmpty();
  }

  @Test
  void fillsInNumbersGroupedAndTextAsItIs() {
    assertThat(Messages.text("status.runs.running", 1200)).isEqualTo("1\u202f200 running");
    assertThat(Messages.text("library.added", "it's")).isEqualTo("Added it's");
  }

  @Test
  void noTextOfTheBundleLosesAnApostropheToTheFormatter() {
    assertThat(bundle).filteredOn(key -> Messages.text(key).contains("'")).isEmpty();
  }

  private static Set<String> all(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
