package org.adapterstudio.engine.arena;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.arena.ArenaPlan.Contender;
import org.adapterstudio.contract.arena.Trial;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.memory.PeakWatch;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.plan.StartCost;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.task.Measure;
import org.adapterstudio.engine.task.Tasks;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.SampleRows;
import org.adapterstudio.engine.train.Trainer;

/** One task of an arena: its rows are read once and each of its bases is loaded once. */
final class Stage implements AutoCloseable {
  private static final int ANSWER_TOKENS = 48;
  private static final long EPOCHS_APART = 1000;

  private final Recipe recipe;
  private final boolean answers;
  private final Lesson lesson;
  private final Map<Quantization, BaseModel> bases = new HashMap<>();

  /**
   * A stage.
   *
   * @param answers whether held-out rows ask for answers that are right or wrong
   */
  Stage(Recipe recipe, boolean answers) {
    this.recipe = recipe;
    this.answers = answers;
    this.lesson = Tasks.lesson(recipe, LoadProgress.NONE);
  }

  /**
   * Trains once from the start. A contender that cannot run, or whose numbers run away, gives a
   * trial with the reason.
   *
   * @param looks how often the held-out loss is measured on the way; 0 only at the end
   * @param last whether answers are written and counted at the end
   */
  Trial run(
      Contender contender, Trial.Key key, int looks, boolean last, BooleanSupplier cancelled) {
    long start = System.nanoTime();
    NativeHeap.trim();
    try (var watch = new PeakWatch();
        var model = attach(contender, key, cancelled)) {
      var course = new Course(model, key, looks, cancelled);
      course.go();
      Double score = last && answers ? score(model) : null;
      return new Trial(
          key,
          course.losses,
          course.points,
          score,
          model.attached().trainableCount(),
          course.seconds / key.steps(),
          watch.peak(),
          since(start),
          null);
    } catch (RuntimeException e) {
      Failure failure = Failure.of(e);
      if (failure.kind().equals("cancelled")) {
        throw e;
      }
      return Trial.failed(key, since(start), failure.sentence());
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** In its start state, made from the first rows of the trial where the start reads such. */
  private AdaptedModel attach(Contender contender, Trial.Key key, BooleanSupplier cancelled) {
    BaseModel base = base(contender);
    Recipe own = recipe.adapting(contender.adapter());
    Attachment.Start start =
        StartCost.of(own, base.network(), lesson.extent().microBatchesPerEpoch())
            .map(cost -> Attachment.Start.FRESH.with(sample(base, key, cost.batches(), cancelled)))
            .orElse(Attachment.Start.FRESH);
    return AdaptedModel.attach(base, contender.adapter(), key.seed(), start);
  }

  private SampleRows sample(BaseModel base, Trial.Key key, int batches, BooleanSupplier cancelled) {
    var rows = new ArrayList<Rows>();
    for (int i = 1; i <= batches; i++) {
      rows.add(lesson.microBatch(place(key, i)));
    }
    return new SampleRows(base, rows, _ -> goOn(cancelled));
  }

  /** Every seed sees the rows in another order. */
  private long place(Trial.Key key, int step) {
    return key.seed() * EPOCHS_APART * lesson.extent().microBatchesPerEpoch() + step - 1;
  }

  private static void goOn(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new StudioException(new Failure("cancelled", "Cancelled.", "", ""));
    }
  }

  /** The base as the method's card wants it held. */
  private BaseModel base(Contender contender) {
    var wanted =
        MethodCatalogue.card("adapter", contender.adapter().method())
            .recipe()
            .get("model.quantization");
    Quantization kind = wanted == null ? Quantization.NONE : Quantization.of(wanted.asText());
    return bases.computeIfAbsent(
        kind,
        _ ->
            BaseModel.load(
                Path.of(recipe.model().path()),
                new Storage("float32", kind, false),
                lesson.purpose()));
  }

  private Double score(AdaptedModel model) {
    var average =
        lesson.answers(model, ANSWER_TOKENS, LoadProgress.NONE).stream()
            .mapToInt(one -> one.written().strip().equals(one.wanted().strip()) ? 1 : 0)
            .average();
    return average.isPresent() ? average.getAsDouble() : null;
  }

  /** The steps of one trial and what was measured at them. */
  private final class Course {
    private final AdaptedModel model;
    private final Trial.Key key;
    private final int every;
    private final BooleanSupplier cancelled;
    private final List<Double> losses = new ArrayList<>();
    private final List<Trial.Point> points = new ArrayList<>();
    private double seconds;

    Course(AdaptedModel model, Trial.Key key, int looks, BooleanSupplier cancelled) {
      this.model = model;
      this.key = key;
      this.every = looks == 0 ? 0 : Math.max(1, key.steps() / looks);
      this.cancelled = cancelled;
    }

    void go() {
      var training = Tracks.training(recipe.training(), key);
      try (var trainer = new Trainer(model, training, key.steps())) {
        if (every > 0) {
          look(0);
        }
        for (int step = 1; step <= key.steps(); step++) {
          goOn(cancelled);
          long start = System.nanoTime();
          losses.add(trainer.step(step, List.of(lesson.microBatch(place(key, step)))).loss());
          seconds += since(start);
          if (step == key.steps() || every > 0 && step % every == 0) {
            look(step);
          }
        }
      }
    }

    private void look(int step) {
      double loss = lesson.evaluate(model).map(Measure::loss).orElse(Double.NaN);
      if (!Double.isFinite(loss)) {
        throw StudioException.badInput("The held-out loss is not a number.", "");
      }
      points.add(new Trial.Point(step, loss));
    }
  }

  @Override
  public void close() {
    bases.values().forEach(BaseModel::close);
    lesson.close();
  }
}
