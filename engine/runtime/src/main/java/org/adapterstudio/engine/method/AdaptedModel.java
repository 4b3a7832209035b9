package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.TextWriter;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.Values;

/** A base with a method attached: what is trained, chatted with, exported and inspected. */
public final class AdaptedModel implements AutoCloseable {
  private final BaseModel base;
  private Recipe.Adapter settings;
  private final Attached attached;
  private final Scope owner;

  private AdaptedModel(BaseModel base, Recipe.Adapter settings, Attached attached, Scope owner) {
    this.base = base;
    this.settings = settings;
    this.attached = attached;
    this.owner = owner;
  }

  /** The base alone, nothing trained. */
  public static AdaptedModel plain(BaseModel base) {
    var nothing = Attached.nothing();
    return new AdaptedModel(base, null, nothing, Kernels.get().training());
  }

  /** Attaches a recipe's method in its start state, without sample rows. */
  public static AdaptedModel attach(BaseModel base, Recipe.Adapter wanted, long seed) {
    return attach(base, wanted, seed, Attachment.Start.FRESH);
  }

  /** Attaches a recipe's method. */
  public static AdaptedModel attach(
      BaseModel base, Recipe.Adapter wanted, long seed, Attachment.Start start) {
    Recipe.Adapter settings = withFreshHead(base, wanted);
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    Scope owner = Kernels.get().training();
    requireSuited(base, card);
    boolean whole = card.can(MethodCard.Capability.REPLACES_BASE);
    if (whole && base.storage().quantization() != Quantization.NONE) {
      throw StudioException.badInput(
          "adapter.method \"%s\" trains the base's own weights; model.quantization \"%s\" freezes them."
              .formatted(settings.method(), base.storage().quantization().key()),
          "Set model.quantization to none, or choose an adapter.");
    }
    var targets =
        whole ? base.network().linears() : Method.of(card).targets(settings, base.network());
    var knobs = KnobValues.of(cards(card, settings), settings.knobs());
    var initializer = Initializer.of(settings, start);
    var at = new Attachment(base, settings, targets, owner, seed, knobs, start, initializer);
    Method method = Method.of(card);
    if (!start.stored()) {
      at = at.settled(method.settle(at));
      at = at.settled(initializer.settle(at));
    }
    Attached attached = method.attach(at);
    addWholeParameters(at, attached);
    var model = new AdaptedModel(base, at.settings(), attached, owner);
    model.markTrained();
    return model;
  }

  private static void requireSuited(BaseModel base, MethodCard card) {
    String type = base.network().sizes().modelType();
    String kind = ModelFamilies.find(type).map(ModelFamily::network).orElse("");
    if (!card.suitsBase(kind, type)) {
      throw StudioException.badInput(
          "The method %s is not for a base like %s.".formatted(card.key(), type),
          "It is for: " + String.join(", ", card.suits()) + ".");
    }
  }

  /** The cards whose knobs settings may turn. */
  private static List<MethodCard> cards(MethodCard card, Recipe.Adapter settings) {
    if (settings.initializer().equals(Recipe.Adapter.OWN_START)) {
      return List.of(card);
    }
    MethodCard initializer = MethodCatalogue.card("initializer", settings.initializer());
    if (!initializer.suits().contains(card.key())) {
      throw StudioException.badInput(
          "adapter.initializer \"%s\" cannot start the method \"%s\"."
              .formatted(initializer.key(), card.key()),
          "It starts " + String.join(", ", initializer.suits()) + ".");
    }
    return List.of(card, initializer);
  }

  /** The frozen model. */
  public BaseModel base() {
    return base;
  }

  /** Makes the base's frozen layers ready for many steps. */
  public void prepareTraining() {
    base.prepare(
        base.network().linears().stream()
            .filter(site -> !attached.overrides().containsKey(site.weightIn(base)))
            .toList());
  }

  /** The recipe's adapter part; null for a plain base. */
  public Recipe.Adapter settings() {
    return attached.schedule().map(schedule -> schedule.settled(settings)).orElse(settings);
  }

  /** Layers and overrides. */
  public Attached attached() {
    return attached;
  }

  /** The forward pass. */
  public Network network() {
    return base.network();
  }

  /** The forward pass of a model that writes text; other kinds are refused with a sentence. */
  public TextWriter writer() {
    if (base.network() instanceof TextWriter writer) {
      return writer;
    }
    throw StudioException.badInput(
        base.folder() + " is a " + base.network().sizes().modelType() + ", which writes no text.",
        "Use a causal language model or an encoder-decoder.");
  }

  /** What the forward pass multiplies with. */
  public Weights weights() {
    return attached.weights(base);
  }

  /** Goes on with other layers in place of some, under settings that say so. */
  public void replace(Map<String, ? extends TrainedLayer> layers, Recipe.Adapter other) {
    attached.layers().putAll(layers);
    settings = other;
    markTrained();
  }

  /** Owner of what is trained. */
  public Scope owner() {
    return owner;
  }

  /** Everything trained, by its name in the file. */
  public SequencedMap<String, NDArray> trainable() {
    return attached.trainable();
  }

  /** Lets gradients gather in everything that is trained now. */
  public void markTrained() {
    trainable().values().forEach(array -> Autograd.require(array, true));
  }

  /** Everything a file of it holds, by name: what is trained, then what is kept as it is. */
  public SequencedMap<String, Kept> stored() {
    var all = new LinkedHashMap<String, Kept>();
    trainable().forEach((name, array) -> all.put(name, Kept.of(array)));
    all.putAll(attached.kept());
    return all;
  }

  /** Everything a file of it is written with: each array once. */
  public SequencedMap<String, Kept> written() {
    var all = stored();
    all.values().removeIf(Kept::repeated);
    return all;
  }

  /**
   * Puts stored numbers into the trained and the kept tensors.
   *
   * @param stored by name in the file; every name must be known and none may be missing
   */
  public void assign(Map<String, Values> stored, String from) {
    fit(stored);
    var known = stored();
    var unused = new ArrayList<>(stored.keySet());
    unused.removeAll(known.keySet());
    var missing = new ArrayList<>(known.keySet());
    missing.removeIf(name -> known.get(name).derived() || stored.containsKey(name));
    if (!unused.isEmpty() || !missing.isEmpty()) {
      throw StudioException.badInput(
          "%s does not fit this model: %d keys unused%s, %d expected missing%s."
              .formatted(from, unused.size(), named(unused), missing.size(), named(missing)),
          "Check that the adapter belongs to this base.");
    }
    try (Scope work = Kernels.get().inference()) {
      stored.forEach((name, values) -> assign(work, name, known.get(name).array(), values, from));
    }
    attached.layers().values().forEach(layer -> layer.recoding().ifPresent(Recoding::make));
  }

  private void fit(Map<String, Values> stored) {
    var shapes = new LinkedHashMap<String, long[]>();
    stored.forEach((name, values) -> shapes.put(name, values.shape()));
    attached.schedule().ifPresent(schedule -> schedule.fit(shapes));
    markTrained();
  }

  private static void assign(Scope work, String name, NDArray array, Values values, String from) {
    long[] shape = array.getShape().getShape();
    if (!java.util.Arrays.equals(shape, values.shape())) {
      throw StudioException.badInput(
          "%s: %s has shape %s where this model needs %s."
              .formatted(
                  from,
                  name,
                  java.util.Arrays.toString(values.shape()),
                  java.util.Arrays.toString(shape)),
          "Check that the adapter belongs to this base and that its config is its own.");
    }
    work.call("assign", array, work.floats(values.data(), values.shape()));
  }

  private static String named(List<String> names) {
    return names.isEmpty()
        ? ""
        : " ("
            + String.join(", ", names.stream().limit(4).toList())
            + (names.size() > 4 ? ", ..." : "")
            + ")";
  }

  /** A head that the base's folder did not have is trained whole, whatever the method. */
  private static Recipe.Adapter withFreshHead(BaseModel base, Recipe.Adapter settings) {
    var saved = new LinkedHashSet<>(settings.modulesToSave());
    base.fresh().forEach(name -> saved.add(name.substring(0, name.lastIndexOf('.'))));
    return settings.saving(List.copyOf(saved));
  }

  private static void addWholeParameters(Attachment at, Attached attached) {
    Network network = at.base().network();
    WholeParameters.of(at.settings(), network, attached.layers().keySet())
        .keySet()
        .forEach(
            name ->
                attached
                    .overrides()
                    .computeIfAbsent(
                        name, _ -> at.copyOf(at.base().has(name) ? name : shared(network, name))));
  }

  /** The parameter that a tied layer starts from when it gets a weight of its own. */
  private static String shared(Network network, String weight) {
    return network.linears().stream()
        .filter(site -> site.weight().equals(weight))
        .flatMap(site -> site.shares().stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No parameter " + weight));
  }

  @Override
  public void close() {
    owner.close();
  }
}
