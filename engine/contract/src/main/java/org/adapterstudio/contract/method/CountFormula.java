package org.adapterstudio.contract.method;

import java.util.Map;

/**
 * Evaluates a card's count formula, e.g. {@code r*(in+out)}: numbers, names, + - * /, parentheses,
 * min(a,b) and max(a,b), in whole numbers.
 */
public final class CountFormula {
  private final String text;
  private final Map<String, Long> values;
  private int at;

  private CountFormula(String text, Map<String, Long> values) {
    this.text = text.replace(" ", "");
    this.values = values;
  }

  /**
   * The value of a formula.
   *
   * @throws IllegalArgumentException where the text is no formula or names an unknown value
   */
  public static long evaluate(String formula, Map<String, Long> values) {
    var reader = new CountFormula(formula, values);
    long result = reader.sum();
    if (reader.at != reader.text.length()) {
      throw reader.unexpected();
    }
    return result;
  }

  private long sum() {
    long left = product();
    while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      boolean plus = text.charAt(at++) == '+';
      long right = product();
      left = plus ? Math.addExact(left, right) : Math.subtractExact(left, right);
    }
    return left;
  }

  private long product() {
    long left = factor();
    while (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '/')) {
      boolean times = text.charAt(at++) == '*';
      long right = factor();
      left = times ? Math.multiplyExact(left, right) : left / right;
    }
    return left;
  }

  private long factor() {
    if (at >= text.length()) {
      throw unexpected();
    }
    char c = text.charAt(at);
    if (c == '(') {
      at++;
      long inner = sum();
      expect(')');
      return inner;
    }
    String word = word();
    if (word.equals("min") || word.equals("max")) {
      expect('(');
      long a = sum();
      expect(',');
      long b = sum();
      expect(')');
      return word.equals("min") ? Math.min(a, b) : Math.max(a, b);
    }
    return Character.isDigit(c) ? Long.parseLong(word) : named(word);
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private long named(String name) {
    Long value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The formula " + text + " names an unknown " + name);
    }
    return value;
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at++) != c) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("The formula " + text + " cannot be read at " + at);
  }
}
