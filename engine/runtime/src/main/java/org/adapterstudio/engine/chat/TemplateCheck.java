package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.StudioException;

/**
 * Lets through only constructs that were compared with transformers, because jinjava understands
 * many others a little differently and would say nothing. Everything else is refused by line.
 */
final class TemplateCheck {
  private static final Set<String> TAGS =
      words(
          "if elif else endif for endfor set endset macro endmacro break continue raw "
              + "endraw generation endgeneration");
  private static final Set<String> FILTERS =
      words(
          "trim length count upper lower title capitalize replace join list map select "
              + "selectattr reject rejectattr first last tojson items default d string int "
              + "reverse sort unique safe abs sum");
  private static final Set<String> TESTS =
      words(
          "defined undefined none string mapping iterable sequence number boolean true "
              + "false equalto eq in odd even divisibleby");
  private static final Set<String> FUNCTIONS =
      Set.of("raise_exception", "strftime_now", "namespace", "range");
  private static final Set<String> METHODS =
      words(
          "strip lstrip rstrip split startswith endswith lower upper title capitalize "
              + "replace find count join items keys values get");
  private static final Set<String> LOOP =
      words("index index0 first last length revindex revindex0");
  // Where a value ends up as text; the empty one is the start of an expression.
  private static final Set<String> PRINTS = Set.of("", "~", "[", ",", ":", "+");
  private static final Set<String> WORDS_BEFORE_PARENTHESES =
      words("in not and or if elif else is set");

  private final String name;
  private final Set<String> macros = new HashSet<>();
  // The enclosing blocks, innermost last.
  private final List<Block> open = new ArrayList<>();

  private record Block(String tag, int line) {}

  private TemplateCheck(String name) {
    this.name = name;
  }

  static void check(String name, List<TemplateLexer.Part> parts) {
    TemplateCheck check = new TemplateCheck(name);
    for (TemplateLexer.Part part : parts) {
      List<String> words = words(part.tokens());
      if (part.kind() == TemplateLexer.Kind.TAG && words.getFirst().equals("macro")) {
        check.macros.add(words.get(1));
      }
    }
    for (TemplateLexer.Part part : parts) {
      check.part(part);
    }
    if (!check.open.isEmpty()) {
      Block block = check.open.getLast();
      throw unsupported(name, block.line(), "{% " + block.tag() + " %} is never closed");
    }
  }

  /** Whether the block so many levels out is of this kind. */
  private boolean inside(int out, String tag) {
    int at = open.size() - 1 - out;
    return at >= 0 && open.get(at).tag().equals(tag);
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  static StudioException unsupported(String name, int line, String what) {
    return StudioException.badInput(
        "The chat template " + name + ", line " + line + ": " + what + ".",
        "Choose a built-in template: set data.chat_template to one of "
            + String.join(", ", ChatTemplate.names())
            + ".");
  }

  /** The tokens without white space. */
  static List<String> words(List<String> tokens) {
    List<String> words = tokens.stream().filter(token -> !token.isBlank()).toList();
    return words.isEmpty() ? List.of("") : words;
  }

  private void part(TemplateLexer.Part part) {
    if (part.kind() == TemplateLexer.Kind.TEXT || part.kind() == TemplateLexer.Kind.COMMENT) {
      return;
    }
    List<String> words = words(part.tokens());
    if (words.getFirst().isEmpty()) {
      throw unsupported(
          name, part.line(), "there is nothing between " + part.open() + " and its end");
    }
    if (part.kind() == TemplateLexer.Kind.TAG) {
      tag(words.getFirst(), part.line());
      // jinjava passes over the condition of a loop without a word.
      if (words.getFirst().equals("for") && words.contains("if")) {
        throw unsupported(name, part.line(), "\"if\" in the head of a loop is not supported");
      }
    }
    for (int i = 0; i < words.size(); i++) {
      word(words, i, part.line());
    }
  }

  private void tag(String tag, int line) {
    require(TAGS, tag, line, "the tag {% " + tag + " %} is not supported");
    switch (tag) {
      case "if", "for", "macro", "generation" -> open.add(new Block(tag, line));
      case "endif", "endfor", "endmacro", "endgeneration" -> {
        if (!inside(0, tag.substring(3))) {
          throw unsupported(name, line, "{% " + tag + " %} closes nothing");
        }
        open.removeLast();
      }
      case "else" -> {
        if (inside(0, "for")) {
          throw unsupported(name, line, "{% else %} of a loop is not supported");
        }
      }
      case "break", "continue" -> {
        // Deeper inside, jinjava would still write what follows in the enclosing blocks.
        if (!inside(0, "if") || !inside(1, "for")) {
          throw unsupported(name, line, tag + " is supported only in an if directly in a loop");
        }
      }
      default -> {}
    }
  }

  private void word(List<String> words, int i, int line) {
    String word = words.get(i);
    String before = i == 0 ? "" : words.get(i - 1);
    String after = i + 1 < words.size() ? words.get(i + 1) : "";
    switch (before) {
      case "|" -> require(FILTERS, word, line, "the filter " + word + " is not supported");
      case "is" -> {
        String test = word.equals("not") ? after : word;
        require(TESTS, test, line, "the test \"is " + test + "\" is not supported");
      }
      case "." -> member(i >= 2 ? words.get(i - 2) : "", word, after, line);
      default -> {
        boolean call = after.equals("(") && isName(word) && i > 0 | !TAGS.contains(word);
        boolean test = i >= 2 && before.equals("not") && words.get(i - 2).equals("is");
        if (call && !test && !WORDS_BEFORE_PARENTHESES.contains(word) && !macros.contains(word)) {
          require(FUNCTIONS, word, line, "the function " + word + " is not supported");
        }
      }
    }
    if (word.startsWith("'") || word.startsWith("\"")) {
      string(word, after, line);
    }
    if (word.equalsIgnoreCase("none") && (PRINTS.contains(before) || after.equals("~"))) {
      throw unsupported(name, line, "writing none as text is not supported");
    }
  }

  private void member(String owner, String member, String after, int line) {
    if (owner.equals("loop")) {
      require(LOOP, member, line, "loop." + member + " is not supported");
    } else if (after.equals("(")) {
      require(METHODS, member, line, "the method " + member + " is not supported");
    }
  }

  private void string(String word, String after, int line) {
    if (word.length() < 2) {
      throw unsupported(name, line, "a text is not closed");
    }
    if (word.substring(1, word.length() - 1).equalsIgnoreCase("false")) {
      throw unsupported(name, line, "the text " + word + " is not supported");
    }
    if (after.startsWith("'") || after.startsWith("\"")) {
      throw unsupported(name, line, "two texts side by side are not supported");
    }
  }

  private void require(Set<String> known, String word, int line, String otherwise) {
    if (!known.contains(word)) {
      throw unsupported(name, line, otherwise);
    }
  }

  private static boolean isName(String word) {
    return Character.isLetter(word.charAt(0)) || word.charAt(0) == '_';
  }
}
