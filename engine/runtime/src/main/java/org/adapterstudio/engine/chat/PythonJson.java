package org.adapterstudio.engine.chat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** JSON as Python's json.dumps(ensure_ascii=False) writes it: a space after commas and colons. */
final class PythonJson {
  private final StringBuilder text = new StringBuilder();
  private final Integer indent;

  private PythonJson(Integer indent) {
    this.indent = indent;
  }

  /**
   * Any value as JSON.
   *
   * @param indent spaces per level; null for one line
   */
  static String write(Object value, Integer indent) {
    PythonJson json = new PythonJson(indent);
    json.value(value, 0);
    return json.text.toString();
  }

  private void value(Object value, int depth) {
    switch (value) {
      case null -> text.append("null");
      case Boolean b -> text.append(b);
      case Number n -> text.append(n);
      case Map<?, ?> map -> map(map, depth);
      case Collection<?> list -> list(list, depth);
      default -> string(value.toString());
    }
  }

  private void string(String value) {
    text.append('"').append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
  }

  private void map(Map<?, ?> map, int depth) {
    text.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    for (boolean first = true; entries.hasNext(); first = false) {
      Map.Entry<?, ?> entry = entries.next();
      separate(first, depth + 1);
      string(String.valueOf(entry.getKey()));
      text.append(": ");
      value(entry.getValue(), depth + 1);
    }
    end(map.isEmpty(), depth, '}');
  }

  private void list(Collection<?> list, int depth) {
    text.append('[');
    boolean first = true;
    for (Object item : list) {
      separate(first, depth + 1);
      value(item, depth + 1);
      first = false;
    }
    end(list.isEmpty(), depth, ']');
  }

  private void separate(boolean first, int depth) {
    if (!first) {
      text.append(indent == null ? ", " : ",");
    }
    line(depth);
  }

  private void end(boolean empty, int depth, char bracket) {
    if (!empty) {
      line(depth);
    }
    text.append(bracket);
  }

  private void line(int depth) {
    if (indent != null) {
      text.append('\n').repeat(' ', indent * depth);
    }
  }
}
