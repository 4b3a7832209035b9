package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a checked template in the words of jinjava where they differ from Jinja's. Line breaks
 * stay, so that line numbers of messages hold.
 */
final class TemplateRewrite {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))");
  private static final List<String> REVERSED = List.of("[", ":", ":", "-", "1", "]");

  private static final Set<String> END_OF_OPERAND =
      Set.of("and", "or", "if", "else", ")", "]", "}", ",", ":");

  private TemplateRewrite() {}

  static String rewrite(List<TemplateLexer.Part> parts) {
    StringBuilder text = new StringBuilder();
    for (TemplateLexer.Part part : parts) {
      String tag = tag(part);
      text.append(tag.equals("endfor") ? LoopBodyTag.CLOSE : "").append(part.open());
      if (part.kind() != TemplateLexer.Kind.TEXT) {
        tokens(part).forEach(text::append);
        text.append(part.close()).append(tag.equals("for") ? LoopBodyTag.OPEN : "");
      }
    }
    return text.toString();
  }

  private static List<String> tokens(TemplateLexer.Part part) {
    List<String> tokens = new ArrayList<>(part.tokens());
    tokens.replaceAll(TemplateRewrite::unescaped);
    alwaysDefined(tokens);
    reversed(tokens);
    boolean macro = tag(part).equals("macro");
    return apart(macro ? tokens : namedValues(negations(tokens)));
  }

  private static String tag(TemplateLexer.Part part) {
    boolean tag = part.kind() == TemplateLexer.Kind.TAG;
    return tag ? TemplateCheck.words(part.tokens()).getFirst() : "";
  }

  /** Closing braces apart, which jinjava would take for the end of the expression. */
  private static List<String> apart(List<String> tokens) {
    return tokens.stream().map(token -> token.equals("}") ? "} " : token).toList();
  }

  /** Code point escapes as the characters they mean. */
  private static String unescaped(String token) {
    if (!token.startsWith("'") && !token.startsWith("\"")) {
      return token;
    }
    Matcher matcher = ESCAPE.matcher(token);
    return matcher.replaceAll(
        found -> {
          String code = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code, 16)));
        });
  }

  /** transformers hands these over as none, which is defined; to jinjava it would not be. */
  private static void alwaysDefined(List<String> tokens) {
    List<Integer> places = places(tokens);
    for (int i = 0; i + 2 < places.size(); i++) {
      String word = tokens.get(places.get(i));
      boolean start = i == 0 || !tokens.get(places.get(i - 1)).equals(".");
      if (start
          && (word.equals("tools") || word.equals("documents"))
          && tokens.get(places.get(i + 1)).equals("is")
          && (tokens.get(places.get(i + 2)).equals("defined")
              || tokens.get(places.get(i + 2)).equals("not")
                  && i + 3 < places.size()
                  && tokens.get(places.get(i + 3)).equals("defined"))) {
        tokens.set(places.get(i), "true");
      }
    }
  }

  /** {@code not a == b} becomes {@code not (a == b)}: jinjava binds {@code not} too tightly. */
  private static List<String> negations(List<String> tokens) {
    List<String> wrapped = new ArrayList<>();
    // Nesting depths at which an operand of "not" is open, innermost last.
    List<Integer> open = new ArrayList<>();
    int depth = 0;
    String before = "";
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      while (!open.isEmpty() && open.getLast() == depth && END_OF_OPERAND.contains(token)) {
        wrapped.add(")");
        open.removeLast();
      }
      depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
      wrapped.add(token);
      if (token.equals("not") && !before.equals("is") && !wordAfter(tokens, i).equals("in")) {
        wrapped.add("(");
        open.add(depth);
      }
      before = token.isBlank() ? before : token;
    }
    open.forEach(operand -> wrapped.add(")"));
    return wrapped;
  }

  private static String wordAfter(List<String> tokens, int i) {
    return tokens.subList(i + 1, tokens.size()).stream()
        .filter(token -> !token.isBlank())
        .findFirst()
        .orElse("");
  }

  /** {@code x[::-1]} becomes a filter. */
  private static void reversed(List<String> tokens) {
    List<Integer> places = places(tokens);
    for (int i = 0; i + REVERSED.size() <= places.size(); i++) {
      List<String> here = places.subList(i, i + REVERSED.size()).stream().map(tokens::get).toList();
      if (here.equals(REVERSED)) {
        for (int place : places.subList(i, i + REVERSED.size())) {
          tokens.set(place, "");
        }
        tokens.set(places.get(i), "|" + PythonFilters.REVERSED);
      }
    }
  }

  /** {@code f(a=x - 1)} becomes {@code f(a=(x - 1))}: jinjava binds {@code =} too tightly. */
  private static List<String> namedValues(List<String> tokens) {
    List<String> wrapped = new ArrayList<>();
    List<Boolean> open = new ArrayList<>();
    String before = "";
    for (String token : tokens) {
      boolean ends = token.equals(",") || token.equals(")");
      if (ends && !open.isEmpty() && open.getLast()) {
        wrapped.add(")");
        open.set(open.size() - 1, false);
      }
      switch (token) {
        case "(", "[", "{" -> open.add(false);
        case ")", "]", "}" -> close(open);
        default -> {}
      }
      wrapped.add(token);
      if (token.equals("=") && !open.isEmpty() && !before.isEmpty()) {
        wrapped.add("(");
        open.set(open.size() - 1, true);
      }
      before = token.isBlank() ? before : token;
    }
    return wrapped;
  }

  private static void close(List<Boolean> open) {
    if (!open.isEmpty()) {
      open.removeLast();
    }
  }

  /** Indices of the tokens that are not white space. */
  private static List<Integer> places(List<String> tokens) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.get(i).isBlank()) {
        places.add(i);
      }
    }
    return places;
  }
}
