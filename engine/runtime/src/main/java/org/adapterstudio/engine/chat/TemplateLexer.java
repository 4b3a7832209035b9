package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides Jinja text into parts and the inside of a tag into tokens, keeping line numbers. */
final class TemplateLexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+"
              + "|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\""
              + "|[A-Za-z_][A-Za-z0-9_]*|\\d+(?:\\.\\d+)?"
              + "|\\*\\*|//|==|!=|<=|>=|.",
          Pattern.DOTALL);
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%}");

  /** Kinds of parts of a template. */
  enum Kind {
    TEXT,
    EXPRESSION,
    TAG,
    COMMENT
  }

  /**
   * One part. Open and close are the delimiters with their whitespace signs, tokens is what stands
   * between; for text all of it is open.
   */
  record Part(Kind kind, int line, String open, List<String> tokens, String close) {}

  private final String source;
  private final String name;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  private TemplateLexer(String name, String source) {
    this.name = name;
    this.source = source;
  }

  static List<Part> parts(String name, String source) {
    TemplateLexer lexer = new TemplateLexer(name, source);
    while (lexer.at < source.length()) {
      lexer.next();
    }
    return lexer.parts;
  }

  private void next() {
    int open = open(at);
    if (open > at) {
      text(open);
      return;
    }
    switch (source.charAt(at + 1)) {
      case '#' -> comment();
      case '{' -> inside(Kind.EXPRESSION, "}}");
      default -> inside(Kind.TAG, "%}");
    }
  }

  private int open(int from) {
    for (int i = from; i + 1 < source.length(); i++) {
      if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return source.length();
  }

  private void text(int end) {
    parts.add(new Part(Kind.TEXT, line(at), source.substring(at, end), List.of(), ""));
    at = end;
  }

  private void comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw TemplateCheck.unsupported(name, line(at), "a #} is missing");
    }
    int start = at + 2 + (signAt(at + 2) ? 1 : 0);
    int close = end > start && signAt(end - 1) ? end - 1 : end;
    String words = source.substring(Math.min(start, close), close);
    String closing = source.substring(close, end + 2);
    parts.add(
        new Part(Kind.COMMENT, line(at), source.substring(at, start), List.of(words), closing));
    at = end + 2;
  }

  private void inside(Kind kind, String mark) {
    int line = line(at);
    int start = at + 2 + (signAt(at + 2) ? 1 : 0);
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    int end = start;
    int braces = 0;
    while (braces > 0 || !source.startsWith(mark, end + (signAt(end) ? 1 : 0))) {
      if (end >= source.length()) {
        throw TemplateCheck.unsupported(name, line, "a " + mark + " is missing");
      }
      matcher.region(end, source.length()).lookingAt();
      tokens.add(matcher.group());
      braces += matcher.group().equals("{") ? 1 : matcher.group().equals("}") ? -1 : 0;
      end = matcher.end();
    }
    int after = end + (signAt(end) ? 1 : 0) + mark.length();
    String open = source.substring(at, start);
    parts.add(new Part(kind, line, open, tokens, source.substring(end, after)));
    at = after;
    if (kind == Kind.TAG && TemplateCheck.words(tokens).equals(List.of("raw"))) {
      raw();
    }
  }

  /** What stands between raw and endraw is text whatever it looks like. */
  private void raw() {
    Matcher end = RAW.matcher(source);
    if (!end.find(at)) {
      throw TemplateCheck.unsupported(name, line(at), "{% endraw %} is missing");
    }
    text(end.start());
  }

  private boolean signAt(int index) {
    return index < source.length() && "-+".indexOf(source.charAt(index)) >= 0;
  }

  private int line(int index) {
    return 1 + (int) source.chars().limit(index).filter(c -> c == '\n').count();
  }
}
