package org.adapterstudio.contract.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a person and a program need to know of a method without loading it.
 *
 * @param key stable name in recipes, e.g. {@code lora}
 * @param kind adapter, initializer, optimizer, ...
 * @param title the field's name for it
 * @param sentence what it does, in one sentence
 * @param paper source, e.g. {@code arXiv:2106.09685}
 * @param formula in plain text, in the notation dW = s B A
 * @param trainable trainable numbers per target as a formula over r, in, out
 * @param capabilities what it can do; a missing one is an honest no
 * @param knobs settings it reads, beyond none
 * @param recipe other fields that it wants where a recipe is silent, by their path, such as {@code
 *     model.quantization}
 * @param implementation class name in the runtime
 * @param task what it works on; null where it is no task
 * @param peft how PEFT writes its settings; null where PEFT does not know it
 * @param suits what it is for: of an initializer the methods it can start, of a method the kinds of
 *     network or model types, where these are not all
 */
public record MethodCard(
    String key,
    String kind,
    String title,
    String sentence,
    String paper,
    String formula,
    String trainable,
    Set<Capability> capabilities,
    List<Knob> knobs,
    Map<String, JsonNode> recipe,
    String implementation,
    TaskNeeds task,
    PeftForm peft,
    List<String> suits) {
  public MethodCard {
    boolean silent = "task".equals(kind) && task == null;
    task = silent ? new TaskNeeds(null, null, null, null, null) : task;
    capabilities = capabilities == null ? Set.of() : Set.copyOf(capabilities);
    knobs = knobs == null ? List.of() : List.copyOf(knobs);
    recipe = recipe == null ? Map.of() : Map.copyOf(recipe);
    suits = suits == null ? List.of() : List.copyOf(suits);
  }

  /** What a method may claim; the contract suite holds it to each claim. */
  public enum Capability {
    /** The first forward pass equals the base's. */
    IDENTITY_AT_START,
    /** The update can be added into the base weights. */
    MERGES,
    /** The result is exactly a plain LoRA. */
    EXPORTS_PLAIN_LORA,
    /** Needs sample rows before training. */
    NEEDS_CALIBRATION,
    /** Needs a singular value decomposition of base weights before training. */
    NEEDS_SVD,
    /** Has singular values worth watching. */
    HAS_SPECTRUM,
    /** Its layers' ranks may change while they are trained. */
    CHANGES_RANKS,
    /** Trains the base itself instead of an adapter. */
    REPLACES_BASE
  }

  /** What it is like: methods whose classes lie together. */
  public String family() {
    String[] path = implementation.split("\\.");
    return path[path.length - 2];
  }

  /** Whether every word stands in key, title, sentence or paper, whatever its case. */
  public boolean mentions(String words) {
    String all = String.join(" ", title, key, sentence, paper).toLowerCase(Locale.ROOT);
    return List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+")).stream()
        .allMatch(all::contains);
  }

  /**
   * Whether a method is for a base.
   *
   * @param network kind of its network
   * @param type its model_type
   */
  public boolean suitsBase(String network, String type) {
    return suits.isEmpty() || suits.contains(network) || suits.contains(type);
  }

  /** Whether the card claims a capability. */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }
}
