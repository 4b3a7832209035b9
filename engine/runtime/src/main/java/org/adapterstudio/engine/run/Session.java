package org.adapterstudio.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.data.Dataset;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/**
 * Everything a run holds in memory: base, adapter, rows, trainer.
 *
 * @param template that rows and prompts go through; null where there is none
 * @param totalSteps updates the whole run makes
 */
record Session(
    Recipe recipe,
    BaseModel base,
    AdaptedModel model,
    Tokenizer tokenizer,
    ChatTemplate template,
    Dataset data,
    Trainer trainer,
    int totalSteps)
    implements AutoCloseable {
  /** Loads base and rows and attaches the method, by the recipe. */
  static Session open(Recipe recipe, LoadProgress rows, BaseModel.Progress weights) {
    Path folder = Path.of(recipe.model().path());
    var tokenizer = Tokenizer.load(folder);
    var template = ChatTemplate.of(recipe.data(), folder).orElse(null);
    var data = Dataset.load(recipe, tokenizer, template, rows);
    var base = BaseModel.load(folder, Storage.of(recipe), weights);
    var model = AdaptedModel.attach(base, recipe.adapter(), recipe.training().seed());
    int steps = Evaluation.totalSteps(recipe.training(), data.microBatchesPerEpoch());
    var trainer = new Trainer(model, recipe.training(), steps);
    return new Session(recipe, base, model, tokenizer, template, data, trainer, steps);
  }

  /** The rows of one step, a function of the step alone. */
  List<Rows> microBatches(int step) {
    int accumulation = recipe.training().gradientAccumulationSteps();
    var rows = new ArrayList<Rows>();
    for (int i = 0; i < accumulation; i++) {
      rows.add(Evaluation.rows(data.microBatch((long) (step - 1) * accumulation + i)));
    }
    return rows;
  }

  /** Held-out rows. */
  List<Rows> evalBatches() {
    return Evaluation.batches(data);
  }

  /** Epochs done after a step, as a fraction. */
  double epoch(int step) {
    double microBatches = (double) step * recipe.training().gradientAccumulationSteps();
    return microBatches / data.microBatchesPerEpoch();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    base.close();
    tokenizer.close();
  }
}
