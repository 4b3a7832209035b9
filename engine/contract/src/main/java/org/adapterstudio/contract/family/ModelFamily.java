package org.adapterstudio.contract.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How one {@code model_type} of Hugging Face is built and named: data, not code.
 *
 * @param key the {@code model_type}
 * @param title for people
 * @param network kind of network: causal, text_encoder, ...
 * @param shape sizes and switches; a text that starts with $ names a field of config.json
 * @param defaults what such a field is where config.json does not have it; a text that starts with
 *     $ names another field
 * @param requires fields that must have one of the given values where they are present
 * @param names of the modules; {i} stands for the layer's number
 * @param renamings name of a module in the file to its name in memory where transformers has two;
 *     {i} stands for the layer's number
 * @param stacks what differs for a network's own parts, e.g. its encoder and decoder
 */
public record ModelFamily(
    String key,
    String title,
    String network,
    Map<String, JsonNode> shape,
    Map<String, JsonNode> defaults,
    Map<String, JsonNode> requires,
    Map<String, String> names,
    Map<String, String> renamings,
    Map<String, Part> stacks) {
  /** What examples are made of. */
  public enum Medium {
    /** Tokens. */
    TEXT,
    /** Pixels. */
    IMAGE,
    /** A spectrogram. */
    SOUND
  }

  /**
   * A part of a network.
   *
   * @param config field of config.json that holds the part's own config; null where there is none
   */
  public record Part(
      String config,
      Map<String, JsonNode> shape,
      Map<String, JsonNode> defaults,
      Map<String, String> names) {
    /** Absent maps are empty. */
    public Part {
      shape = shape == null ? Map.of() : shape;
      defaults = defaults == null ? Map.of() : defaults;
      names = names == null ? Map.of() : names;
    }
  }

  /** Absent maps are empty. */
  public ModelFamily {
    shape = shape == null ? Map.of() : shape;
    defaults = defaults == null ? Map.of() : defaults;
    requires = requires == null ? Map.of() : requires;
    names = names == null ? Map.of() : names;
    renamings = renamings == null ? Map.of() : renamings;
    stacks = stacks == null ? Map.of() : stacks;
  }

  /** The family with one part's entries laid over the shared ones. */
  public ModelFamily part(String name) {
    Part part = stacks.get(name);
    return new ModelFamily(
        key,
        title,
        network,
        over(shape, part.shape()),
        over(defaults, part.defaults()),
        requires,
        over(names, part.names()),
        renamings,
        Map.of());
  }

  /** The family as a model without a head is saved: no module is named by the {@code body}. */
  public ModelFamily bare() {
    String body = shape.get("body").asText() + ".";
    var bare = new LinkedHashMap<>(names);
    bare.replaceAll((_, name) -> name.startsWith(body) ? name.substring(body.length()) : name);
    return new ModelFamily(key, title, network, shape, defaults, requires, bare, renamings, stacks);
  }

  /** What its networks read: sound, or pictures and words as far as they have places for them. */
  public Set<Medium> takes() {
    if (states("sound")) {
      return EnumSet.of(Medium.SOUND);
    }
    var takes = EnumSet.noneOf(Medium.class);
    if (states("vocabulary")) {
      takes.add(Medium.TEXT);
    }
    if (states("image")) {
      takes.add(Medium.IMAGE);
    }
    return takes;
  }

  private boolean states(String key) {
    return shape.containsKey(key)
        || stacks.values().stream().anyMatch(part -> part.shape().containsKey(key));
  }

  /** This spec with its own entries laid over those of the family it is like. */
  ModelFamily like(ModelFamily other) {
    return new ModelFamily(
        key,
        title,
        network == null ? other.network : network,
        over(other.shape, shape),
        over(other.defaults, defaults),
        over(other.requires, requires),
        over(other.names, names),
        over(other.renamings, renamings),
        over(other.stacks, stacks));
  }

  /** A module's or parameter's name as transformers has it in memory, where PEFT looks for it. */
  public String inMemory(String name) {
    return new Renamings(renamings).inMemory(name);
  }

  /** A module's or parameter's name as the file has it. */
  public String onDisk(String name) {
    return new Renamings(renamings).onDisk(name);
  }

  private static <V> Map<String, V> over(Map<String, V> under, Map<String, V> own) {
    var both = new LinkedHashMap<>(under);
    both.putAll(own);
    both.values().removeIf(value -> value instanceof JsonNode node && node.isNull());
    return both;
  }
}
