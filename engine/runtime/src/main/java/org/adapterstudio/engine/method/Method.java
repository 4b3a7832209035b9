package org.adapterstudio.engine.method;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * A way of adapting a base model: one class, named by its card. See {@code
 * docs/decisions/001-method-spi.md} for how the methods of the field fit.
 */
public interface Method {
  /** Creates what this method trains on a base. Called once per run; nothing has moved yet. */
  Attached attach(Attachment at);

  /** What PEFT's config says of the base beside the settings, by field. */
  default Map<String, Object> facts(Network network) {
    return Map.of();
  }

  /**
   * What it decides before any layer exists, such as ranks by layer; the answer is what the run
   * goes on with and what its files say.
   */
  default Recipe.Adapter settle(Attachment at) {
    return at.settings();
  }

  /** Parameters that it trains in the base's place, where its card says that it does. */
  default SequencedMap<String, long[]> replaced(Network network) {
    return network.parameters();
  }

  /** The layers it acts on; by default those that the recipe names, of which there must be some. */
  default List<Linear> targets(Recipe.Adapter settings, Network network) {
    var targets = TargetSelection.of(settings, network);
    for (Linear site : targets) {
      if (!takes(site)) {
        throw StudioException.badInput(
            "adapter.method %s cannot adapt %s, which is a %s."
                .formatted(
                    settings.method(),
                    site.module(),
                    site.form() instanceof Linear.Lookup ? "table of words" : "convolution"),
            "Leave it out of adapter.target_modules, or choose another method, such as lora.");
      }
    }
    return targets;
  }

  /** Modules it acts on that are no layers, such as norms. */
  default List<String> modules(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  /** Whether it can adapt a layer of this form. */
  default boolean takes(Linear site) {
    return site.form() instanceof Linear.Product;
  }

  /**
   * How many numbers it trains in layers and beside them, where the card's formula over r, in and
   * out cannot say it.
   */
  default OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return OptionalLong.empty();
  }

  /** Values of the knobs of the method that settings name. */
  static KnobValues knobs(Recipe.Adapter settings) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return KnobValues.of(List.of(card), settings.knobs());
  }

  /**
   * Settings as the arrays of a file tell them, where its config may say something else.
   *
   * @param shapes of the file's arrays by name
   */
  default Recipe.Adapter asStored(Recipe.Adapter settings, Map<String, long[]> shapes) {
    return settings;
  }

  /** The method of a card. */
  static Method of(MethodCard card) {
    try {
      return (Method) Class.forName(card.implementation()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Card " + card.key() + " names no usable class", e);
    }
  }
}
