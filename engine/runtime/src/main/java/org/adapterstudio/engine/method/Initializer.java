package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;

/** A start state of low-rank layers: one class, named by a card of kind initializer. */
public interface Initializer {
  /**
   * What it decides before any layer exists, such as ranks by layer, and what it gathers from
   * sample rows; the answer is what the run goes on with and what its files say.
   */
  default Recipe.Adapter settle(Attachment at) {
    return at.settings();
  }

  /** Whether s B0 A0 is taken out of the base, so that files must tell it or make it again. */
  default boolean residual() {
    return false;
  }

  /**
   * Whether it codes the weights of a quantized base anew, so that files must tell from what, or it
   * is made again.
   */
  default boolean recodes(Recipe.Adapter settings) {
    return false;
  }

  /** What it asks of the training that follows. */
  default Optional<Schedule> schedule(Attachment at) {
    return Optional.empty();
  }

  /** Whether a result's config names it, where PEFT knows it or must not mistake it. */
  default boolean told(Recipe.Adapter settings) {
    return true;
  }

  /** What PEFT's config says of it beside its knobs, by path. */
  default Map<String, Object> facts(Recipe.Adapter settings, Storage storage) {
    return Map.of();
  }

  /** Bytes that it holds of a layer while it reads sample rows. */
  default long held(Linear site) {
    return 0;
  }

  /**
   * The start of one layer.
   *
   * @param rank of the layer
   * @param s scale of its update
   */
  Start start(Attachment at, Linear site, int rank, double s);

  /**
   * A start.
   *
   * @param a A0 [r, in]
   * @param b B0 [out, r]
   * @param residual whether s B0 A0 is taken out of the base, so that the first pass is the base's
   * @param recoding of the layer's weight, where its codes are others than the base's
   */
  record Start(NDArray a, NDArray b, boolean residual, Optional<Recoding> recoding) {
    /** On the base's own weight, or on what is left of it. */
    public Start(NDArray a, NDArray b, boolean residual) {
      this(a, b, residual, Optional.empty());
    }
  }

  /** The initializer of a run: where numbers will be assigned, one that makes room for them. */
  static Initializer of(Recipe.Adapter settings, Attachment.Start start) {
    Initializer named = of(settings);
    return start.stored() ? new StoredStart(named.residual(), named.recodes(settings)) : named;
  }

  /** The initializer that settings name. */
  static Initializer of(Recipe.Adapter settings) {
    if (settings.initializer().equals(Recipe.Adapter.OWN_START)) {
      return new KaimingStart();
    }
    MethodCard card = MethodCatalogue.card("initializer", settings.initializer());
    try {
      return (Initializer) Class.forName(card.implementation()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Card " + card.key() + " names no usable class", e);
    }
  }
}
