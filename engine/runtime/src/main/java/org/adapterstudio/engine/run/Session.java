package org.adapterstudio.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.task.Tasks;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/**
 * Everything a run holds in memory: examples, base, adapter, trainer.
 *
 * @param totalSteps updates the whole run makes
 */
record Session(
    Recipe recipe,
    Lesson lesson,
    BaseModel base,
    AdaptedModel model,
    Trainer trainer,
    int totalSteps)
    implements AutoCloseable {
  /**
   * Reads the examples, loads the base and attaches the method, by the recipe.
   *
   * @param amendments that made the run longer
   * @param checkpoint whose numbers will be restored
   * @param calibrated told of the sample rows that a start state reads
   */
  static Session open(
      Recipe recipe,
      Amendments amendments,
      Optional<Path> checkpoint,
      LoadProgress rows,
      BaseModel.Progress weights,
      Beginning.Progress calibrated) {
    Lesson lesson = Tasks.lesson(recipe, rows);
    long seed = recipe.training().seed();
    Path folder = Path.of(recipe.model().path());
    var base = BaseModel.load(folder, Storage.of(recipe), lesson.purpose(), seed, weights);
    var model =
        checkpoint
            .map(stored -> Checkpoint.resume(base, stored, seed, recipe.adapter().dropout()))
            .orElseGet(() -> Beginning.of(recipe, base, lesson).attach(calibrated));
    int planned = Trainer.totalSteps(recipe.training(), lesson.extent().microBatchesPerEpoch());
    var rates = amendments.rates(recipe.training(), planned);
    // ranks that a method plans by the run's length stay as they ended, however long it goes on
    var trainer = new Trainer(model, recipe.training(), planned, rates::at);
    return new Session(recipe, lesson, base, model, trainer, amendments.total(planned));
  }

  /** The same with another adapter on the base. */
  Session with(AdaptedModel other) {
    return new Session(recipe, lesson, base, other, trainer, totalSteps);
  }

  /** The rows of one step, a function of the step alone. */
  List<Rows> microBatches(int step) {
    int accumulation = recipe.training().gradientAccumulationSteps();
    var rows = new ArrayList<Rows>();
    for (int i = 0; i < accumulation; i++) {
      rows.add(lesson.microBatch((long) (step - 1) * accumulation + i));
    }
    return rows;
  }

  /** Epochs done after a step, as a fraction. */
  double epoch(int step) {
    double microBatches = (double) step * recipe.training().gradientAccumulationSteps();
    return microBatches / lesson.extent().microBatchesPerEpoch();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    base.close();
    lesson.close();
  }
}
