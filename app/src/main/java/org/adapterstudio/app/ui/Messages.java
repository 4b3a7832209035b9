package org.adapterstudio.app.ui;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;

/**
 * Every text of the window, gathered from one file a feature under {@code
 * /org/adapterstudio/ui/messages}. FXML reads it as its bundle, code through {@link #text}.
 */
public final class Messages extends ResourceBundle {
  /** The files, one a feature; a key belongs to one of them alone. */
  public static final List<String> FILES =
      List.of(
          "shell",
          "actions",
          "preferences",
          "watch",
          "lineage",
          "library",
          "chat",
          "plot",
          "run",
          "runs",
          "compare",
          "train",
          "machine",
          "queue");

  private static final Messages ALL = new Messages();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private Messages() {
    FILES.forEach(this::load);
  }

  /** The bundle FXML is loaded with. */
  public static ResourceBundle bundle() {
    return ALL;
  }

  /** The text of a key, its {@code {0}}, {@code {1}}... filled in. */
  public static String text(String key, Object... values) {
    String pattern = ALL.getString(key);
    return values.length == 0
        ? pattern
        : new MessageFormat(pattern, Locale.ROOT).format(Formats.words(values));
  }

  @Override
  protected Object handleGetObject(String key) {
    return texts.get(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(texts.keySet());
  }

  private void load(String file) {
    String path = "/org/adapterstudio/ui/messages/" + file + ".properties";
    try (var in = Messages.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("No messages at " + path);
      }
      var read = new Properties();
      read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      read.forEach((key, value) -> add(file, key.toString(), value.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String file, String key, String value) {
    if (texts.put(key, value) != null) {
      throw new IllegalStateException("Key " + key + " stands twice, again in " + file);
    }
  }
}
