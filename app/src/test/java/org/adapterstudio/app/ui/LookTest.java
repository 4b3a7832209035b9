package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.adapterstudio.app.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the look that can be checked without a screen. */
class LookTest {
  private static final Pattern COLOUR =
      Pattern.compile("#[0-9a-fA-F]{3,8}\\b|\\brgba?\\(|Color\\.(web|rgb)\\(");
  private static final Pattern TOKEN = Pattern.compile("(-[a-z0-9-]+):\\s*([^;]+);");
  private static final double READABLE = 4.5;

  @Test
  void coloursStandInThemeFilesAlone() {
    for (Path file : Sources.files(Sources.resources(), ".css")) {
      if (!List.of("light.css", "dark.css").contains(file.getFileName().toString())) {
        assertThat(lines(file)).as("%s", file).noneMatch(line -> COLOUR.matcher(line).find());
      }
    }
    for (Path file : Sources.files(Sources.resources(), ".fxml")) {
      assertThat(lines(file)).as("%s", file).noneMatch(line -> COLOUR.matcher(line).find());
    }
  }

  @Test
  void javaCodeNamesNoColourOutsideThePlots() {
    for (Path file : Sources.files(Sources.appJava(), ".java")) {
      if (!file.toString().contains("plot")) {
        assertThat(lines(file)).as("%s", file).noneMatch(line -> COLOUR.matcher(line).find());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textCanBeReadOnEverySurface(String theme) {
    Map<String, Color> tokens = tokens(theme);
    for (String text : List.of("-color-fg-default", "-color-fg-muted", "-studio-accent-text")) {
      for (String ground :
          List.of("-studio-canvas", "-studio-rail", "-studio-card", "-studio-raised")) {
        assertThat(contrast(tokens.get(text), tokens.get(ground)))
            .as("%s on %s", text, ground)
            .isGreaterThanOrEqualTo(READABLE);
      }
    }
    for (String tint : List.of("success", "warning", "danger", "accent")) {
      String text =
          Map.of("success", "ok", "warning", "warn", "danger", "error", "accent", "accent")
              .get(tint);
      Color ground = over(tokens.get("-color-" + tint + "-subtle"), tokens.get("-studio-card"));
      assertThat(contrast(tokens.get("-studio-" + text + "-text"), ground))
          .as("badge %s", tint)
          .isGreaterThanOrEqualTo(READABLE);
    }
    assertThat(contrast(tokens.get("-color-fg-emphasis"), tokens.get("-color-accent-emphasis")))
        .as("primary button")
        .isGreaterThanOrEqualTo(READABLE);
  }

  @Test
  void viewModelsKnowOnlyBeansAndCollections() {
    List<Path> models = Sources.files(Sources.appJava(), "ViewModel.java");
    assertThat(models).hasSizeGreaterThan(4);
    for (Path file : models) {
      assertThat(lines(file))
          .as("%s", file)
          .filteredOn(line -> line.startsWith("import javafx."))
          .allMatch(
              line ->
                  line.startsWith("import javafx.beans.")
                      || line.startsWith("import javafx.collections."));
    }
  }

  private static List<String> lines(Path file) {
    return Sources.text(file).lines().toList();
  }

  private static Map<String, Color> tokens(String theme) {
    var tokens = new HashMap<String, Color>();
    read(resource("/atlantafx/base/theme/primer-" + theme + ".css"), tokens);
    read(Sources.text(Sources.resources().resolve("css/" + theme + ".css")), tokens);
    return tokens;
  }

  private static void read(String css, Map<String, Color> tokens) {
    Matcher matcher = TOKEN.matcher(css.substring(css.indexOf(".root")));
    while (matcher.find()) {
      String value = matcher.group(2).strip();
      if (value.startsWith("#") || value.startsWith("rgb")) {
        tokens.putIfAbsent(matcher.group(1), Color.web(value));
      }
    }
  }

  private static String resource(String path) {
    try (var in = LookTest.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Color over(Color tint, Color ground) {
    double a = tint.getOpacity();
    return Color.color(
        tint.getRed() * a + ground.getRed() * (1 - a),
        tint.getGreen() * a + ground.getGreen() * (1 - a),
        tint.getBlue() * a + ground.getBlue() * (1 - a));
  }

  /** Contrast ratio of WCAG 2. */
  private static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }
}
