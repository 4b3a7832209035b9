package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.LearningRate;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * One optimizer step after another: forward and backward over the micro-batches, one clip, one
 * update. The loss is the mean over all trained tokens of the step, however they fall into
 * micro-batches.
 */
public final class Trainer implements AutoCloseable {
  /** Before the names of a method's own schedule in {@link #state}. */
  public static final String SCHEDULE = "schedule.";

  private final AdaptedModel model;
  private final Recipe.Training settings;
  private final IntToDoubleFunction learningRate;
  private final Optimizer optimizer;
  private List<NDArray> trained;
  private IntToDoubleFunction adjusted = _ -> 1;
  private final boolean twice;
  private final Scope owner = Kernels.get().training();

  /** A trainer for a run of {@code totalSteps} updates. */
  public Trainer(AdaptedModel model, Recipe.Training settings, int totalSteps) {
    this(model, settings, totalSteps, LearningRate.of(settings, totalSteps)::at);
  }

  /**
   * A trainer whose learning rates are given.
   *
   * @param totalSteps that the method's own schedule of ranks is made for
   * @param learningRate of an update, counted from 1
   */
  public Trainer(
      AdaptedModel model,
      Recipe.Training settings,
      int totalSteps,
      IntToDoubleFunction learningRate) {
    this.model = model;
    this.settings = settings;
    this.learningRate = learningRate;
    this.optimizer = optimizer(settings.optimizer());
    model.attached().schedule().ifPresent(schedule -> schedule.begin(totalSteps));
    model.markTrained();
    this.trained = List.copyOf(model.trainable().values());
    this.twice = settings.activationCheckpointing() || lentOnGraph(model.base().storage());
    model.prepareTraining();
    optimizer.prepare(model.trainable(), settings.weightDecay(), owner);
  }

  /**
   * Multiplies the schedule's learning rate from now on.
   *
   * @param factor of a step
   */
  public void adjust(IntToDoubleFunction factor) {
    adjusted = factor;
  }

  /** max_steps where set, else as many updates as the epochs need; no epoch is no update. */
  public static int totalSteps(Recipe.Training training, int microBatchesPerEpoch) {
    if (training.maxSteps() > 0) {
      return training.maxSteps();
    }
    if (training.numTrainEpochs() == 0) {
      return 0;
    }
    double microBatches = microBatchesPerEpoch * training.numTrainEpochs();
    return Math.max(1, (int) Math.ceil(microBatches / training.gradientAccumulationSteps()));
  }

  /** What one step did. */
  public record Outcome(double loss, double gradNorm, double learningRate, long tokens) {}

  /**
   * Makes one update.
   *
   * @param step from 1
   * @throws NonFinite before anything moved, naming the rows and the layer
   */
  public Outcome step(int step, List<Rows> microBatches) {
    trained.forEach(Autograd::zero);
    int targets = microBatches.stream().mapToInt(this::targets).sum();
    double loss = 0;
    for (int i = 0; i < microBatches.size(); i++) {
      double part = backward(step, i, microBatches.get(i), Math.max(1, targets));
      if (!Double.isFinite(part)) {
        throw nonFinite("loss", step, microBatches, targets);
      }
      loss += part;
    }
    double rate = learningRate.applyAsDouble(step) * adjusted.applyAsDouble(step);
    double norm = update(step, rate);
    if (!Double.isFinite(norm)) {
      throw nonFinite("gradient", step, microBatches, targets);
    }
    long tokens = microBatches.stream().mapToLong(Rows::tokens).sum();
    return new Outcome(loss, norm, rate, tokens);
  }

  /** Forward and backward over one micro-batch; nothing moves, and no number is judged. */
  public void rehearse(Rows rows) {
    backward(0, 0, rows, Math.max(1, targets(rows)));
    trained.forEach(Autograd::zero);
  }

  /** Mean loss over the trained tokens of held-out rows; empty where there are none. */
  public static Optional<Double> evaluate(AdaptedModel model, Stream<Rows> batches) {
    double sum = 0;
    long tokens = 0;
    for (Rows rows : (Iterable<Rows>) batches::iterator) {
      try (Scope scope = Kernels.get().inference()) {
        Pass pass = Pass.scoring(scope, model.weights());
        var loss = model.network().loss(pass, rows.inputs(), rows.labels());
        if (loss.targets() > 0) {
          sum += loss.sum().getFloat();
          tokens += loss.targets();
        }
      }
    }
    return tokens == 0 ? Optional.empty() : Optional.of(sum / tokens);
  }

  /** Arrays that a checkpoint holds beside the trained ones: the optimizer's, the schedule's. */
  public SequencedMap<String, NDArray> state() {
    var state = new LinkedHashMap<String, NDArray>(optimizer.state());
    model
        .attached()
        .schedule()
        .ifPresent(
            schedule ->
                schedule.state().forEach((name, array) -> state.put(SCHEDULE + name, array)));
    return state;
  }

  /**
   * Goes on after an update of an earlier trainer; the model's arrays hold the numbers of then.
   *
   * @param restore puts the numbers of then into {@link #state}
   */
  public void resume(int step, Runnable restore) {
    model.attached().schedule().ifPresent(schedule -> schedule.resume(step));
    adopt(step);
    restore.run();
  }

  /** Lets the optimizer begin anew behind a step: its numbers are zero, its steps count from 1. */
  public void restart(int step) {
    optimizer.adopt(new LinkedHashMap<>(), step, owner);
    optimizer.adopt(model.trainable(), step, owner);
  }

  /** Whether stored arrays hold counts of steps that {@link #state} has none for. */
  public boolean counts(Set<String> stored) {
    return stored.stream().anyMatch(name -> name.startsWith(Optimizer.COUNT))
        && !state().keySet().containsAll(stored);
  }

  /**
   * Goes on with other arrays in place of some trained ones, which the model holds already.
   *
   * @param step last update made
   */
  public void turn(int step, Map<String, Turn> turns) {
    optimizer.turn(turns, step, owner);
    adopt(step);
  }

  private void adopt(int step) {
    model.markTrained();
    trained = List.copyOf(model.trainable().values());
    optimizer.adopt(model.trainable(), step, owner);
  }

  /** Outside a tape, which is for float32, a graph would keep every weight that was lent. */
  private static boolean lentOnGraph(Storage storage) {
    return storage.lends() && !storage.compute().equals("float32");
  }

  private int targets(Rows rows) {
    return model.network().targets(model.weights(), rows.inputs(), rows.labels());
  }

  private double backward(int step, int microBatch, Rows rows, int targets) {
    try (Scope scope = Kernels.get().training()) {
      var draw = new Draw(settings.seed(), step, microBatch);
      var pass = Pass.training(scope, model.weights(), draw, twice);
      var loss = model.network().loss(pass, rows.inputs(), rows.labels());
      if (loss.targets() == 0) {
        return 0;
      }
      double sum = loss.sum().getFloat();
      pass.backward(scope.call("scale", loss.sum(), scope.scalar(1.0 / targets)));
      penalize(scope, (double) loss.targets() / targets);
      return sum / targets;
    }
  }

  /** A method's penalty weighs in a micro-batch what the micro-batch weighs in the step. */
  private void penalize(Scope scope, double share) {
    model
        .attached()
        .schedule()
        .flatMap(schedule -> schedule.penalty(scope))
        .ifPresent(
            penalty -> Autograd.backward(scope, scope.call("scale", penalty, scope.scalar(share))));
  }

  /** The gradient's norm before clipping; nothing moves where that is no number. */
  private double update(int step, double rate) {
    try (Scope scope = Kernels.get().inference()) {
      List<NDArray> gradients =
          trained.stream().map(array -> Autograd.gradient(scope, array)).toList();
      double norm = norm(scope, gradients);
      var schedule = model.attached().schedule();
      if (schedule.isPresent() && Double.isFinite(norm)) {
        schedule.get().gradients(scope, step, named(gradients));
        norm = norm(scope, gradients);
      }
      if (!Double.isFinite(norm)) {
        return norm;
      }
      double limit = settings.maxGradNorm();
      double factor = limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1;
      schedule.ifPresent(it -> it.weightDecay(step).ifPresent(optimizer::decay));
      optimizer.update(scope, gradients, step, rate, factor);
      if (schedule.isPresent() && schedule.get().updated(scope, step, named(gradients))) {
        adopt(step);
      }
      return norm;
    }
  }

  private static double norm(Scope scope, List<NDArray> gradients) {
    return scope.callLists("global_norm", List.of(gradients)).getDouble();
  }

  private Map<String, NDArray> named(List<NDArray> gradients) {
    var named = new LinkedHashMap<String, NDArray>();
    var names = model.trainable().keySet().iterator();
    gradients.forEach(gradient -> named.put(names.next(), gradient));
    return named;
  }

  private NonFinite nonFinite(String what, int step, List<Rows> microBatches, int targets) {
    var blame = new Blame((microBatch, rows) -> fault(step, microBatch, rows, targets));
    Event.NonFinite found = blame.of(step, what, microBatches);
    trained.forEach(Autograd::zero);
    return new NonFinite(found);
  }

  private Optional<String> fault(int step, int microBatch, Rows rows, int targets) {
    trained.forEach(Autograd::zero);
    double loss = backward(step, microBatch, rows, Math.max(1, targets));
    try (Scope scope = Kernels.get().inference()) {
      for (var named : model.trainable().entrySet()) {
        NDArray gradient = Autograd.gradient(scope, named.getValue());
        if (!Double.isFinite(norm(scope, List.of(gradient)))) {
          return Optional.of(named.getKey());
        }
      }
    }
    return Double.isFinite(loss) ? Optional.empty() : Optional.of("");
  }

  private static Optimizer optimizer(String key) {
    MethodCard card = MethodCatalogue.card("optimizer", key);
    try {
      return (Optimizer) Class.forName(card.implementation()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Card " + key + " names no usable class", e);
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
