package org.adapterstudio.contract.run.lineage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.FieldChange;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Figures;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Continuation.Item;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;

/**
 * What a branch takes over and what it changes.
 *
 * @param fields in which the branch's recipe is not the run's
 * @param from the checkpoint
 */
record Branching(
    Standing run, Choice.Branch choice, List<FieldChange> fields, StoredCheckpoint from) {
  private static final List<String> LENGTH =
      List.of("training.max_steps", "training.num_train_epochs");
  private static final List<String> RATE =
      List.of(
          "training.learning_rate",
          "training.lr_scheduler_type",
          "training.warmup_steps",
          "training.warmup_ratio");
  private static final List<String> BATCH =
      List.of("training.per_device_train_batch_size", "training.gradient_accumulation_steps");
  private static final List<String> ROUNDING =
      List.of(
          "model.dtype",
          "training.device",
          "training.threads",
          "training.activation_checkpointing",
          "training.offload");

  static Continuation plan(Standing run, Choice.Branch asked) {
    Choice.Branch choice = keepingLength(run, asked);
    var refusals = new ArrayList<String>();
    Optional<StoredCheckpoint> from = Continuations.sound(run, choice.step(), refusals);
    var fields = FieldChange.between(run.recipe(), choice.recipe());
    if (from.isEmpty()) {
      return plan(run, choice, fields, List.of(), List.of(), refusals, run.total());
    }
    var branching = new Branching(run, choice, fields, from.get());
    branching.refuse(refusals);
    return plan(
        run,
        choice,
        fields,
        branching.restored(),
        branching.changes(refusals.isEmpty()),
        refusals,
        branching.total());
  }

  /** Where the schedule changes, steps that the run was extended by become the branch's own. */
  private static Choice.Branch keepingLength(Standing run, Choice.Branch asked) {
    var fields = FieldChange.between(run.recipe(), asked.recipe());
    boolean length = fields.stream().anyMatch(field -> LENGTH.contains(field.path()));
    if (keepsSchedule(fields) || length || run.amendments().extensions().list().isEmpty()) {
      return asked;
    }
    Recipe longer =
        RecipeFile.with(asked.recipe(), List.of("training.max_steps=" + run.total()), Path.of(""));
    return new Choice.Branch(asked.step(), longer, asked.optimizer(), asked.sameBase());
  }

  private static Continuation plan(
      Standing run,
      Choice.Branch choice,
      List<FieldChange> fields,
      List<Item> restored,
      List<Item> changes,
      List<String> refusals,
      int total) {
    var chosen = new ArrayList<Item>();
    fields.forEach(field -> chosen.add(new Item(field.path(), words(field))));
    return new Continuation(
        Kind.BRANCH,
        run.name(),
        choice.step(),
        total,
        restored,
        chosen,
        changes,
        refusals,
        choice.recipe(),
        keepsSchedule(fields));
  }

  private static String words(FieldChange field) {
    return value(field, field.now()) + " instead of " + value(field, field.before());
  }

  private static String value(FieldChange field, String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    boolean rate = field.path().equals("training.learning_rate");
    return rate ? Figures.rate(Double.parseDouble(text)) : text;
  }

  private static boolean keepsSchedule(List<FieldChange> fields) {
    return fields.stream()
        .noneMatch(field -> RATE.contains(field.path()) || LENGTH.contains(field.path()));
  }

  /** Extensions that hold on in the branch. */
  private Amendments carried() {
    return keepsSchedule(fields) ? run.amendments().extensions() : Amendments.NONE;
  }

  /** Steps of the branch in all, the run's own counted; 0 where only the rows will tell. */
  private int total() {
    int steps = choice.recipe().training().maxSteps();
    boolean rows = changed("data") || changed(LENGTH) || changed(BATCH);
    int planned = steps > 0 ? steps : rows ? 0 : run.planned();
    return carried().total(planned);
  }

  private boolean changed(String part) {
    return fields.stream().anyMatch(field -> field.of(part));
  }

  private boolean changed(List<String> paths) {
    return fields.stream().anyMatch(field -> paths.contains(field.path()));
  }

  /** Whether the best evaluation so far was of the same rows. */
  static boolean sameHeldOut(Recipe before, Recipe now) {
    boolean drawn = before.data().eval() == null;
    return before.data().equals(now.data())
        && (!drawn || before.training().seed().equals(now.training().seed()));
  }

  private void refuse(List<String> refusals) {
    if (changed("model.path") && !choice.sameBase()) {
      refusals.add(
          "model.path is another base (%s); the numbers of a checkpoint fit the base they were trained on (%s) alone."
              .formatted(choice.recipe().model().path(), run.recipe().model().path()));
    }
    for (FieldChange field : fields) {
      boolean shapes = field.of("adapter") && !field.path().equals("adapter.dropout");
      if (shapes
          || field.path().equals("model.quantization")
          || field.path().equals("model.task")) {
        refusals.add(
            "The checkpoint of step %d holds %s; %s cannot be %s behind it. Start a new run for that."
                .formatted(
                    from.step(), Restored.method(from.adapter()), field.path(), field.now()));
      }
    }
    if (changed("training.optimizer") && choice.optimizer()) {
      refusals.add(
          "The moments of %s do not fit %s; let the optimizer start from zero."
              .formatted(
                  run.recipe().training().optimizer(), choice.recipe().training().optimizer()));
    }
    if (total() > 0 && total() <= from.step()) {
      refusals.add(
          "The branch would have nothing to do: it starts behind step %d and ends at step %d."
              .formatted(from.step(), total()));
    }
  }

  private List<Item> restored() {
    boolean order = !changed("data") && !changed("training.seed") && !changed(BATCH);
    var items = new ArrayList<Item>();
    items.add(Restored.weights(from));
    if (choice.optimizer()) {
      items.add(Restored.moments(run.recipe()));
    }
    items.add(Restored.step(from));
    if (order) {
      items.add(Restored.order(run.recipe(), from));
    }
    if (!changed("training.seed")) {
      items.add(Restored.draws(run.recipe()));
    }
    if (sameHeldOut(run.recipe(), choice.recipe())) {
      items.add(Restored.best(from));
    }
    return items;
  }

  private List<Item> changes(boolean possible) {
    var items = new ArrayList<Item>();
    if (!choice.optimizer()) {
      items.add(
          new Item(
              "Optimizer moments", "start from zero; the next steps are less even for a while"));
    }
    rate(items, possible);
    if (total() != run.total()) {
      items.add(
          new Item(
              "Steps in all",
              (total() == 0 ? "as many as the rows need" : String.valueOf(total()))
                  + " instead of "
                  + run.total()
                  + ", the first "
                  + from.step()
                  + " of them made"));
    }
    rows(items);
    if (changed("adapter.dropout")) {
      items.add(new Item("Dropout", "of the next step on"));
    }
    if (changed(ROUNDING)) {
      items.add(new Item("Rounding", "another from the next step on; losses drift apart slowly"));
    }
    if (items.isEmpty()) {
      items.add(
          new Item("Nothing", "on this machine the branch repeats the run's steps bit for bit"));
    }
    return items;
  }

  private void rate(List<Item> items, boolean possible) {
    if (!possible || total() == 0 || run.planned() == 0) {
      return;
    }
    int next = from.step() + 1;
    double was = run.amendments().rates(run.recipe().training(), run.planned()).at(next);
    int planned = carried().list().isEmpty() ? total() : run.planned();
    double is = carried().rates(choice.recipe().training(), planned).at(next);
    if (was != is) {
      items.add(
          new Item(
              "Learning rate",
              "%s at step %d instead of %s".formatted(Figures.rate(is), next, Figures.rate(was))));
    }
  }

  private void rows(List<Item> items) {
    if (changed("data")) {
      items.add(
          new Item("Rows", "the chosen ones, from where step " + (from.step() + 1) + " stands"));
    }
    if (changed("training.seed")) {
      items.add(new Item("Data order and draws", "of the new seed from the next step on"));
    }
    if (changed(BATCH)) {
      items.add(new Item("Rows of a step", batch(run.recipe(), choice.recipe())));
    }
    if (!sameHeldOut(run.recipe(), choice.recipe())) {
      items.add(new Item("Best evaluation", "counts anew, because other rows are held out"));
    }
  }

  private static String batch(Recipe before, Recipe now) {
    int rows = now.training().effectiveBatch();
    int then = before.training().effectiveBatch();
    return rows == then
        ? "%d as before, in micro-batches of %d instead of %d"
            .formatted(
                rows,
                now.training().perDeviceTrainBatchSize(),
                before.training().perDeviceTrainBatchSize())
        : "%d instead of %d; in this pass some come twice or not at all".formatted(rows, then);
  }
}
