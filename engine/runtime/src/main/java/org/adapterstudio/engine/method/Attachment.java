package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * What a method is given when it attaches.
 *
 * @param base the frozen model
 * @param settings of the recipe
 * @param targets the linear layers it shall act on, in network order
 * @param owner of every array it keeps
 * @param seed of the run
 * @param knobs of the method and its initializer
 * @param start where the first numbers come from
 * @param initializer what makes them, for methods that start as others do
 */
public record Attachment(
    BaseModel base,
    Recipe.Adapter settings,
    List<Linear> targets,
    Scope owner,
    long seed,
    KnobValues knobs,
    Start start,
    Initializer initializer) {
  /**
   * Where the first numbers come from.
   *
   * @param stored whether stored numbers will be assigned, so that costly ones need not be made
   * @param calibration sample rows, where there are any
   */
  public record Start(boolean stored, Optional<Calibration> calibration) {
    /** A start without sample rows. */
    public static final Start FRESH = new Start(false, Optional.empty());

    /** Name of a finished prompt in a file. */
    public static final String PROMPT = "prompt_embeddings";

    /** Numbers will be assigned. */
    public static final Start STORED = new Start(true, Optional.empty());

    /**
     * The start that a file's numbers are put on. What an initializer took out of the base is made
     * again where the file does not tell it, as PEFT's files do not.
     *
     * @param names of the file's tensors
     */
    public static Start under(Recipe.Adapter settings, Set<String> names) {
      if (settings.initializer().equals(Recipe.Adapter.OWN_START)) {
        // A finished prompt is taken as it is: what led to it is not in its file.
        return names.contains(PROMPT) ? STORED : FRESH;
      }
      boolean told = names.stream().anyMatch(name -> name.endsWith(".lora_A0.weight"));
      Initializer named = Initializer.of(settings);
      boolean needed = named.residual() || named.recodes(settings);
      return told || !needed ? STORED : FRESH;
    }

    /** The same with sample rows. */
    public Start with(Calibration rows) {
      return new Start(stored, Optional.of(rows));
    }
  }

  /** With settings that an initializer decided on. */
  Attachment settled(Recipe.Adapter other) {
    boolean same = other.targetModules().equals(settings.targetModules());
    same &= Objects.equals(other.layersToTransform(), settings.layersToTransform());
    var left = same ? targets : TargetSelection.of(other, base.network());
    return new Attachment(base, other, left, owner, seed, knobs, start, initializer);
  }

  /** Sample rows, which some starts cannot do without. */
  public Calibration calibration() {
    return start
        .calibration()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "adapter.initializer \"%s\" reads sample rows, and there are none here."
                        .formatted(settings.initializer()),
                    "Start a run with a recipe. An adapter from elsewhere that does not tell its"
                        + " start must be converted to a plain LoRA where it was made."));
  }

  /** Rank of one layer, within the layer's size. */
  public int rank(Linear site) {
    return TargetSelection.rank(settings, base.network(), site);
  }

  /** Alpha of one layer: the first matching entry of alpha_pattern, else the recipe's alpha. */
  public double alpha(Linear site) {
    return TargetSelection.alpha(settings, base.network(), site);
  }

  /** A switch of the card. */
  public boolean flag(String knob) {
    return knobs.flag(knob);
  }

  /** Zeros that will be trained. */
  public NDArray zeros(long... shape) {
    return owner.zeros(shape);
  }

  /**
   * Kaiming-uniform with a = sqrt(5): U(-1/sqrt(in), 1/sqrt(in)) over the second dimension. The
   * stream depends on the run's seed and the layer's name alone.
   */
  public NDArray kaimingUniform(String module, int rows, int in) {
    RandomGenerator random = random(module);
    float bound = (float) (1 / Math.sqrt(in));
    float[] values = new float[rows * in];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return owner.floats(values, rows, in);
  }

  /** Normal numbers around zero, from the stream of a layer and a purpose. */
  public NDArray normal(String module, String purpose, double deviation, int rows, int columns) {
    RandomGenerator random = random(module + "." + purpose);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return owner.floats(values, rows, columns);
  }

  /** W [out, in] of a layer in float32, owned by a scope. */
  public NDArray weight(Scope scope, Linear site) {
    try (Lent stored = base.lend(scope, site.weightIn(base))) {
      NDArray wide = scope.call("to_float32", stored.array());
      if (site.form() instanceof Linear.Window) {
        return scope.call("copy", scope.call("in_matrix", wide));
      }
      return scope.call("copy", site.transposed() ? scope.call("transpose", wide) : wide);
    }
  }

  /** A random stream for one layer. */
  public RandomGenerator random(String module) {
    return RandomGeneratorFactory.of("L64X128MixRandom")
        .create(new Draw(seed, 0, 0).seedFor(module, "init"));
  }

  /** A float32 copy of a base parameter, to be trained in its place. */
  public NDArray copyOf(String parameter) {
    try (Scope work = Kernels.get().unrecorded();
        Lent stored = base.lend(work, parameter)) {
      NDArray wide = work.call("to_float32", stored.array());
      return owner.adopt(work.call("copy", wide));
    }
  }
}
