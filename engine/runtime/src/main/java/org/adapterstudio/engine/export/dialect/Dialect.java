package org.adapterstudio.engine.export.dialect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.json.ResourceFolder;

/**
 * How a program names the tensors of an adapter in one file: {@code <prefix><module><dot><name>}.
 *
 * @param key name on the command line
 * @param title what people call it
 * @param separator what stands for the dots of a module's name
 * @param prefixes what may stand before a module's name, the one to write first
 * @param names PEFT's name of a tensor to the names it may have here, the one to write first
 * @param alpha whether each module's alpha is a tensor of its own
 * @param program the module that files name as what made them
 */
record Dialect(
    String key,
    String title,
    String separator,
    List<String> prefixes,
    Map<String, List<String>> names,
    boolean alpha,
    String program) {
  /** A module's alpha, as a tensor of one number. */
  static final String ALPHA = "alpha";

  private static final List<Dialect> ALL =
      ResourceFolder.read("/dialects", (Path file) -> Json.as(Json.read(file), Dialect.class));

  /** Every dialect. */
  static List<Dialect> all() {
    return ALL;
  }

  /** The dialect of a key; an unknown one names the known ones. */
  static Dialect of(String key) {
    return ALL.stream()
        .filter(dialect -> dialect.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no form of files \"" + key + "\".",
                    "Known: peft, "
                        + String.join(", ", ALL.stream().map(Dialect::key).toList())
                        + "."));
  }

  /**
   * A key taken apart.
   *
   * @param module with this dialect's separator, without its prefix
   * @param name PEFT's name of the tensor, or alpha
   */
  record Parsed(String module, String name) {}

  /** Every way to read a key: a prefix may be part of a module's name. */
  List<Parsed> parse(String key) {
    var ways = new ArrayList<Parsed>();
    tail(key)
        .ifPresent(
            tail ->
                prefixes.stream()
                    .filter(tail.module()::startsWith)
                    .forEach(
                        prefix ->
                            ways.add(
                                new Parsed(
                                    tail.module().substring(prefix.length()), tail.name()))));
    return ways;
  }

  private Optional<Parsed> tail(String key) {
    var endings = new LinkedHashMap<String, String>();
    names.forEach((peft, here) -> here.forEach(name -> endings.put("." + name, peft)));
    endings.put("." + ALPHA, ALPHA);
    return endings.entrySet().stream()
        .filter(ending -> key.endsWith(ending.getKey()))
        .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
        .map(
            ending ->
                new Parsed(
                    key.substring(0, key.length() - ending.getKey().length()), ending.getValue()));
  }

  /** A module's name as it stands in this dialect's keys, without a prefix. */
  String flat(String module) {
    return module.replace(".", separator);
  }

  /** The key of a tensor; empty where this dialect has no word for it. */
  Optional<String> key(String module, String name) {
    return Optional.ofNullable(names.get(name))
        .map(here -> prefixes.getFirst() + flat(module) + "." + here.getFirst());
  }

  /** The key of a module's alpha. */
  String alphaKey(String module) {
    return prefixes.getFirst() + flat(module) + "." + ALPHA;
  }
}
