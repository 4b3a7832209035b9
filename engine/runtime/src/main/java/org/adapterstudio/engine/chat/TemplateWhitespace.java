package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.engine.chat.TemplateLexer.Kind;
import org.adapterstudio.engine.chat.TemplateLexer.Part;

/**
 * White space around tags as Jinja has it with {@code trim_blocks} and {@code lstrip_blocks} on:
 * signs are obeyed and taken off, comments are taken out. What jinjava then sees needs no further
 * trimming. Line breaks that go are moved into the tag before, so that later lines keep their
 * number.
 */
final class TemplateWhitespace {
  private final List<Part> kept = new ArrayList<>();
  private int lastTag = -1;
  // How the part before ended: whether it eats all white space or one line break, and whether a
  // line starts after that.
  private boolean eats;
  private boolean trims;
  private boolean lineStarts = true;

  private TemplateWhitespace() {}

  static List<Part> settle(List<Part> parts) {
    TemplateWhitespace whitespace = new TemplateWhitespace();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.kind() == Kind.TEXT) {
        whitespace.text(part, i + 1 < parts.size() ? parts.get(i + 1) : null);
      } else {
        whitespace.tag(part, i + 1 < parts.size() ? parts.get(i + 1) : null);
      }
    }
    return whitespace.kept;
  }

  private void text(Part part, Part next) {
    String text = part.open();
    if (eats) {
      text = stripLeading(text);
    } else if (trims && text.startsWith("\n")) {
      text = text.substring(1);
    }
    if (next != null && next.open().endsWith("-")) {
      text = stripTrailing(text);
    } else if (next != null && next.kind() != Kind.EXPRESSION && !next.open().endsWith("+")) {
      int line = text.lastIndexOf('\n') + 1;
      boolean blank = text.substring(line).chars().allMatch(c -> isSpace((char) c));
      text = blank && (line > 0 || lineStarts) ? text.substring(0, line) : text;
    }
    moveBreaks(breaks(part.open()) - breaks(text));
    if (!text.isEmpty()) {
      kept.add(new Part(Kind.TEXT, part.line(), text, List.of(), ""));
    }
    eats = false;
    trims = false;
    lineStarts = text.endsWith("\n");
  }

  private void tag(Part part, Part next) {
    if (part.kind() != Kind.COMMENT) {
      lastTag = kept.size();
      String open = part.open().substring(0, 2);
      String close = part.close().substring(part.close().length() - 2);
      kept.add(new Part(part.kind(), part.line(), open, part.tokens(), close));
    } else {
      moveBreaks(breaks(part.open() + String.join("", part.tokens())));
    }
    eats = part.close().startsWith("-");
    trims = part.kind() != Kind.EXPRESSION && !part.close().startsWith("+");
    boolean newline = next != null && next.kind() == Kind.TEXT && next.open().startsWith("\n");
    lineStarts = !eats && trims && newline;
  }

  private void moveBreaks(int count) {
    if (count > 0 && lastTag >= 0) {
      Part tag = kept.get(lastTag);
      List<String> tokens = new ArrayList<>(tag.tokens());
      tokens.add("\n".repeat(count));
      kept.set(lastTag, new Part(tag.kind(), tag.line(), tag.open(), tokens, tag.close()));
    }
  }

  private static int breaks(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private static boolean isSpace(char c) {
    return PythonStrings.isSpace(c);
  }

  private static String stripLeading(String text) {
    return PythonStrings.strip(text, null, true, false);
  }

  private static String stripTrailing(String text) {
    return PythonStrings.strip(text, null, false, true);
  }
}
