package org.adapterstudio.contract.method;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.family.ModelFamily;

/**
 * What a task works on: forms and help show this much of a recipe and no more.
 *
 * @param networks kinds of network it can train, as families name them
 * @param architectures how the class names of bases saved for it end, e.g. ForCausalLM
 * @param takes what an example is made of; null where the card is silent
 * @param formats shapes of a row, each with the fields it holds; one alone needs no choosing
 * @param settings paths of the recipe that it reads where not every task does
 */
public record TaskNeeds(
    List<String> networks,
    List<String> architectures,
    ModelFamily.Medium takes,
    Map<String, List<Field>> formats,
    List<String> settings) {
  public TaskNeeds {
    networks = networks == null ? List.of() : List.copyOf(networks);
    architectures = architectures == null ? List.of() : List.copyOf(architectures);
    formats =
        formats == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(formats));
    settings = settings == null ? List.of() : List.copyOf(settings);
  }

  /**
   * A field of a row.
   *
   * @param name that {@code data.columns} maps to a column
   * @param also other columns it is read from without a mapping, the first that is there
   * @param optional whether a row may lack it
   */
  public record Field(String name, List<String> also, Boolean optional) {
    public Field {
      also = also == null ? List.of() : List.copyOf(also);
      optional = optional != null && optional;
    }

    /** The column it is read from, or null: the mapped one, its own name, or another it knows. */
    public String column(Map<String, String> mapping, List<String> columns) {
      if (mapping.containsKey(name)) {
        return mapping.get(name);
      }
      if (columns.contains(name)) {
        return name;
      }
      return also.stream().filter(columns::contains).findFirst().orElse(null);
    }
  }

  /** Whether a network of this family can be trained for it. */
  public boolean suits(ModelFamily family) {
    return networks.contains(family.network()) && family.takes().contains(takes);
  }

  /** Whether a base whose class has this name was saved for it. */
  boolean saved(String architecture) {
    return architectures.stream().anyMatch(architecture::endsWith);
  }

  /** Whether it reads a field of the recipe that only some tasks read. */
  public boolean reads(String path) {
    return settings.contains(path);
  }

  /** Whether it learns conversations, so that its results can be talked to. */
  public boolean chats() {
    return reads("data.chat_template");
  }

  /** Whether an example is a file of its own, so that a folder holds them. */
  public boolean ofFiles() {
    return takes != ModelFamily.Medium.TEXT;
  }
}
