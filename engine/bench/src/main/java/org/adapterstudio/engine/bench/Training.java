package org.adapterstudio.engine.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.inspect.Directions;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/** A model in training, one step after another on random tokens. */
final class Training implements AutoCloseable {
  private final Shape shape;
  private final BaseModel base;
  private final AdaptedModel model;
  private final Trainer trainer;
  private final Directions directions;
  private final Random random = new Random(1);
  private int step;

  /**
   * @param targets the recipe's target_modules
   */
  Training(Path folder, Shape shape, int rank, Object targets) {
    this.shape = shape;
    Map<String, Object> adapter =
        Map.of("rank", rank, "alpha", 2 * rank, "dropout", 0, "target_modules", targets);
    Recipe recipe = Json.as(Json.tree(Map.of("version", 1, "adapter", adapter)), Recipe.class);
    base = BaseModel.load(folder, "float32");
    model = AdaptedModel.attach(base, recipe.adapter(), 42);
    trainer = new Trainer(model, recipe.training(), 1_000_000);
    directions = Directions.begin(model, folder.resolve("directions.safetensors"));
  }

  /** One update. */
  void step() {
    long[] ids = random.longs(shape.tokens(), 0, shape.vocabulary()).toArray();
    var rows = new Rows(Inputs.of(Tokens.of(ids, shape.rows())), ids, new int[shape.rows()]);
    trainer.step(++step, List.of(rows));
  }

  /** Spectra and directions of all layers, as a run measures them live. */
  void spectra() {
    directions.measure();
  }

  /** What a checkpoint costs the directions. */
  void checkpointSaved() {
    directions.checkpointSaved();
  }

  AdaptedModel model() {
    return model;
  }

  @Override
  public void close() {
    directions.close();
    trainer.close();
    model.close();
    base.close();
  }
}
