package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Filters whose jinjava twin gives other results than Jinja's. */
final class PythonFilters {
  /** What {@code [::-1]} is rewritten to. */
  static final String REVERSED = "studio_reversed";

  private PythonFilters() {}

  /** What a filter does with its value and its arguments, named ones by name. */
  private interface Body {
    Object apply(Object value, Object[] arguments, Map<String, Object> named);
  }

  private record Named(String name, Body body) implements AdvancedFilter {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public Object filter(
        Object value, JinjavaInterpreter i, Object[] arguments, Map<String, Object> named) {
      return body.apply(value, arguments, named);
    }
  }

  static List<AdvancedFilter> all() {
    return List.of(
        new Named("tojson", (value, a, named) -> PythonJson.write(value, indent(a, named))),
        new Named("items", (value, a, named) -> new ArrayList<>(map(value).entrySet())),
        new Named("length", (value, a, named) -> length(value)),
        new Named("count", (value, a, named) -> length(value)),
        new Named("trim", (value, a, named) -> trim(value, a)),
        new Named("capitalize", (value, a, n) -> PythonStrings.capitalize(String.valueOf(value))),
        new Named(REVERSED, (value, a, named) -> reversed(value)));
  }

  private static Integer indent(Object[] arguments, Map<String, Object> named) {
    Object indent = arguments.length > 0 ? arguments[0] : named.get("indent");
    return indent instanceof Number number ? number.intValue() : null;
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("items needs a mapping");
  }

  private static long length(Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> Shield.lift(text).codePoints().count();
      case Collection<?> items -> items.size();
      case Map<?, ?> map -> map.size();
      default -> throw new IllegalArgumentException("length needs text, a list or a mapping");
    };
  }

  private static Object trim(Object value, Object[] arguments) {
    String text = value == null ? "" : value.toString();
    String characters = arguments.length > 0 ? String.valueOf(arguments[0]) : null;
    return PythonStrings.strip(text, characters, true, true);
  }

  private static Object reversed(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = new ArrayList<>((Collection<?>) value);
    Collections.reverse(items);
    return items;
  }
}
