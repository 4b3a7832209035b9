package org.adapterstudio.engine.chat;

import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

/** Lets templates use text as Python does: its methods, and characters by index. */
final class PythonStrings extends ELResolver {
  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    // jinjava hands an index over as text.
    if (base instanceof String text && String.valueOf(property).matches("-?\\d{1,9}")) {
      context.setPropertyResolved(true);
      int[] points = text.codePoints().toArray();
      int index = Integer.parseInt(property.toString());
      int at = index < 0 ? points.length + index : index;
      return at < 0 || at >= points.length ? null : Character.toString(points[at]);
    }
    return null;
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    if (!(base instanceof String text) || method == null) {
      return null;
    }
    Object result = call(text, method.toString(), arguments == null ? new Object[0] : arguments);
    context.setPropertyResolved(true);
    return result;
  }

  private static Object call(String text, String method, Object[] arguments) {
    String first = arguments.length > 0 ? String.valueOf(arguments[0]) : null;
    return switch (method) {
      case "strip" -> strip(text, first, true, true);
      case "lstrip" -> strip(text, first, true, false);
      case "rstrip" -> strip(text, first, false, true);
      case "split" -> split(text, first, arguments);
      case "startswith" -> text.startsWith(first);
      case "endswith" -> text.endsWith(first);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalize(text);
      case "replace" -> text.replace(first, String.valueOf(arguments[1]));
      case "find" -> (long) find(text, first);
      case "count" -> (long) count(text, first);
      case "join" ->
          ((Collection<?>) arguments[0])
              .stream().map(String::valueOf).collect(Collectors.joining(text));
      default -> throw new IllegalArgumentException("text has no method " + method);
    };
  }

  /** Python's strip: the given characters, or white space. */
  static String strip(String text, String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && stripped(text.charAt(start), characters)) {
      start++;
    }
    while (right && end > start && stripped(text.charAt(end - 1), characters)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean stripped(char c, String characters) {
    return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
  }

  /** White space as Python's str.isspace has it. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Without a separator at runs of white space, else at each separator, at most so often. */
  private static List<String> split(String text, String separator, Object[] arguments) {
    List<String> parts = new ArrayList<>();
    if (separator == null) {
      StringBuilder part = new StringBuilder();
      for (char c : (text + " ").toCharArray()) {
        if (!isSpace(c)) {
          part.append(c);
        } else if (!part.isEmpty()) {
          parts.add(part.toString());
          part.setLength(0);
        }
      }
      return parts;
    }
    long limit = arguments.length > 1 ? ((Number) arguments[1]).longValue() : -1;
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && !separator.isEmpty() && limit-- != 0) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (char c : text.toCharArray()) {
      title.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return title.toString();
  }

  private static int find(String text, String part) {
    int at = text.indexOf(part);
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    // Text cannot be changed; leaving the property unresolved makes jinjava say so.
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return base instanceof String ? Object.class : null;
  }
}
