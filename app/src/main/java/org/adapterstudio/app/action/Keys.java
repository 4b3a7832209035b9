package org.adapterstudio.app.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Keys pressed together, written as {@code Ctrl Shift Enter}.
 *
 * @param ctrl with Ctrl, on a Mac with Cmd
 * @param key a letter, a digit, a sign, or a key's name without blanks
 */
public record Keys(boolean ctrl, boolean alt, boolean shift, String key) {
  private static final boolean MAC =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
  private static final String CTRL = "Ctrl";
  private static final String ALT = "Alt";
  private static final String SHIFT = "Shift";
  private static final Map<KeyCode, String> SIGNS =
      Map.of(
          KeyCode.SLASH, "/",
          KeyCode.PERIOD, ".",
          KeyCode.COMMA, ",",
          KeyCode.MINUS, "-",
          KeyCode.PLUS, "+",
          KeyCode.EQUALS, "=",
          KeyCode.SEMICOLON, ";",
          KeyCode.QUOTE, "'",
          KeyCode.OPEN_BRACKET, "[",
          KeyCode.CLOSE_BRACKET, "]");
  private static final Set<String> NAMED =
      Stream.of(KeyCode.values())
          .filter(code -> !code.isModifierKey() && code != KeyCode.UNDEFINED)
          .map(Keys::named)
          .collect(Collectors.toUnmodifiableSet());

  /** Keys that move within every screen or edit every text; they cannot be given away. */
  private static final Set<String> FIXED =
      Set.of(
          "Tab",
          "Shift Tab",
          "Esc",
          "Enter",
          "Up",
          "Down",
          "Left",
          "Right",
          "Backspace",
          "Delete",
          "Ctrl A",
          "Ctrl C",
          "Ctrl V",
          "Ctrl X",
          "Ctrl Z",
          "Ctrl Y",
          "Ctrl Shift Z");

  /** Keys written as text; empty where the text names none. */
  public static Optional<Keys> parse(String text) {
    List<String> words = List.of(text.strip().split(" +"));
    String key = words.getLast();
    List<String> modifiers = words.subList(0, words.size() - 1);
    if (!NAMED.contains(key) || !Set.of(CTRL, ALT, SHIFT).containsAll(modifiers)) {
      return Optional.empty();
    }
    return Optional.of(
        new Keys(
            modifiers.contains(CTRL), modifiers.contains(ALT), modifiers.contains(SHIFT), key));
  }

  /** What an event presses; empty for a modifier alone. */
  public static Optional<Keys> of(KeyEvent event) {
    KeyCode code = event.getCode();
    if (code.isModifierKey()) {
      return Optional.empty();
    }
    boolean ctrl = event.isShortcutDown() || event.isControlDown();
    String sign = sign(event.getText());
    if (NAMED.contains(sign)) { // what makes the sign is the keyboard's affair
      return Optional.of(new Keys(ctrl, event.isAltDown(), false, sign));
    }
    return code == KeyCode.UNDEFINED
        ? Optional.empty()
        : Optional.of(new Keys(ctrl, event.isAltDown(), event.isShiftDown(), named(code)));
  }

  /** Whether a text field would write it. */
  public boolean writes() {
    return !ctrl && !alt && !key.matches("F\\d+");
  }

  /** Whether every screen needs it for itself. */
  public boolean fixed() {
    return FIXED.contains(stored());
  }

  /** As it stands in the settings file. */
  public String stored() {
    return written(CTRL);
  }

  /** As it is read on this system. */
  public String text() {
    return written(MAC ? "Cmd" : CTRL);
  }

  private String written(String control) {
    var words = new ArrayList<String>();
    if (ctrl) {
      words.add(control);
    }
    if (alt) {
      words.add(ALT);
    }
    if (shift) {
      words.add(SHIFT);
    }
    words.add(key);
    return String.join(" ", words);
  }

  private static String sign(String text) {
    boolean one = text != null && text.length() == 1 && text.charAt(0) > ' ';
    return one && !Character.isLetterOrDigit(text.charAt(0)) ? text : "";
  }

  private static String named(KeyCode code) {
    String sign = SIGNS.get(code);
    return sign != null ? sign : code.getName().replace(" ", "");
  }
}
