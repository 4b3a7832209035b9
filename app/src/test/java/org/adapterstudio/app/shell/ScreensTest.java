package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javax.imageio.ImageIO;
import org.adapterstudio.app.plot.CanvasPlot;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.Sources;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of {@code docs/images}, from the real window. {@code -Dstudio.pictures=docs/images}
 * takes them anew; without it they are taken under {@code target} and must have the sizes and show
 * the words of those in {@code docs/images}, so that no picture there shows what is gone.
 */
class ScreensTest {
  private static final Path DOCS = Sources.root().resolve("docs/images");
  private static final long STEADY_NANOS = 300_000_000L;
  private static final String WORDS = "screens.json";

  @TempDir Path folder;
  private final Set<String> bundle = sentences();
  private final ObjectNode seen = Json.object();
  private final List<String> taken = new ArrayList<>();
  private Path out;
  private boolean all;
  private String density;

  /** A size of the window and the scale at which it is looked at. */
  private record Look(String suffix, double width, double height, int scale, Theme theme) {}

  @BeforeEach
  void sayWhere() {
    String asked = System.getProperty("studio.pictures", "");
    all = !asked.isBlank();
    out = asked.isBlank() ? Path.of("target/screens") : Sources.root().resolve(asked);
    density = System.getProperty(CanvasPlot.DENSITY);
  }

  @AfterEach
  void restore() {
    if (density == null) {
      System.clearProperty(CanvasPlot.DENSITY);
    } else {
      System.setProperty(CanvasPlot.DENSITY, density);
    }
  }

  @Test
  void picturesInTheDocsShowTheScreensAsTheyAre() throws Exception {
    try (var window = new FurnishedWindow(folder, 1280, 800)) {
      for (Look look :
          List.of(
              new Look("", 1280, 800, 1, Theme.LIGHT), new Look("-200", 960, 600, 2, Theme.DARK))) {
        System.setProperty(CanvasPlot.DENSITY, Integer.toString(look.scale()));
        window.resize(look.width(), look.height());
        screens(window).forEach((name, open) -> take(window, look, name, open));
      }
    }
    Path words = out.resolve(WORDS);
    Files.writeString(words, Json.pretty(seen) + "\n");
    JsonNode kept = Json.read(DOCS.resolve(WORDS));
    assertThat(differing(kept))
        .as("take them anew: mvn test -pl app -am -Dtest=ScreensTest -Dstudio.pictures=docs/images")
        .isEmpty();
    for (String picture : taken) {
      assertThat(size(DOCS.resolve(picture))).as(picture).isEqualTo(size(out.resolve(picture)));
    }
  }

  private Map<String, Set<String>> differing(JsonNode kept) {
    var differing = new LinkedHashMap<String, Set<String>>();
    for (var screen : seen.properties()) {
      Set<String> words = words(screen.getValue());
      Set<String> before = words(kept.path(screen.getKey()));
      if (!words.equals(before)) {
        var only = new TreeSet<>(words);
        only.removeAll(before);
        before.removeAll(words);
        only.addAll(before);
        differing.put(screen.getKey(), only);
      }
    }
    return differing;
  }

  private static Set<String> words(JsonNode list) {
    var words = new TreeSet<String>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Map<String, Runnable> screens(FurnishedWindow window) {
    var screens = new LinkedHashMap<>(window.screens());
    screens.remove("run-lost");
    screens.put(
        "chat",
        () -> {
          window.library();
          window.chat();
        });
    return screens;
  }

  private void take(FurnishedWindow window, Look look, String name, Runnable open) {
    open.run();
    Set<String> words = settled(window.root());
    assertThat(words).as(name).hasSizeGreaterThan(8);
    var shown = seen.putArray(name + look.suffix());
    words.forEach(shown::add);
    for (Theme theme : all ? List.of(Theme.LIGHT, Theme.DARK) : List.of(look.theme())) {
      window.wear(theme);
      String file = name + "-" + theme.key() + look.suffix() + ".png";
      Screen.picture(window.scene(), out.resolve(file), look.scale());
      taken.add(file);
    }
    window.closeChat();
  }

  /** The bundle's sentences on screen, once they have stayed the same for a while. */
  private Set<String> settled(Node root) {
    var last = new TreeSet<String>();
    long[] since = {System.nanoTime()};
    Screen.await(
        () -> {
          Set<String> now = words(root);
          if (!now.equals(last)) {
            since[0] = System.nanoTime();
          }
          last.clear();
          last.addAll(now);
          return System.nanoTime() - since[0] > STEADY_NANOS;
        });
    return last;
  }

  private Set<String> words(Node root) {
    return root.lookupAll("*").stream()
        .filter(node -> node instanceof Labeled && onScreen(node))
        .filter(node -> !node.getStyleClass().contains("badge")) // fits, too big: as the machine
        .map(node -> ((Labeled) node).getText())
        .filter(bundle::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean onScreen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible() || "tried".equals(at.getId())) { // what was tried is the machine's too
        return false;
      }
    }
    return true;
  }

  private static Set<String> sentences() {
    return Collections.list(Messages.bundle().getKeys()).stream()
        .map(Messages::text)
        .filter(text -> !text.contains("{") && !text.isBlank())
        .collect(Collectors.toSet());
  }

  private static String size(Path picture) throws Exception {
    var image = ImageIO.read(picture.toFile());
    return image.getWidth() + " x " + image.getHeight();
  }
}
