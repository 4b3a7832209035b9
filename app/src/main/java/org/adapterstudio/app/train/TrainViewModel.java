package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Machine;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.method.TaskNeeds;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * The training form with everything the engine says about it: model summary, data preview and plan
 * follow each change after a short pause; an older answer never overwrites a newer one.
 */
public final class TrainViewModel {
  private final Services services;
  private final TrainForm form;
  private final PreviewedData data;
  private final LatestRequest plans;
  private final ChosenBase base;
  private final ObjectProperty<MethodCard> task = new SimpleObjectProperty<>();
  private final ObjectProperty<Reply.Planned> plan = new SimpleObjectProperty<>();
  private final ObjectProperty<Failure> planFailure = new SimpleObjectProperty<>();
  private final BackgroundWork past;
  private final ObjectProperty<MeasuredBefore> measured = new SimpleObjectProperty<>();
  private List<Object> looked = List.of();
  private final ObjectProperty<Missing> missing = new SimpleObjectProperty<>();
  private final BooleanProperty starting = new SimpleBooleanProperty();
  private final LongProperty revision = new SimpleLongProperty();
  private List<Missing> allMissing = List.of();
  private Path runs;
  private long memory;

  /**
   * A form at its defaults.
   *
   * @param later runs on the UI thread after the pause that ends a change
   */
  public TrainViewModel(Services services, Executor later) {
    this.services = services;
    this.data = new PreviewedData(services, later, this::lookAtMissing);
    this.plans = new LatestRequest(services.engine(), later, services.uiThread());
    this.base = new ChosenBase(services);
    this.past = new BackgroundWork(services);
    this.runs = Runs.folder(services.workingFolder());
    this.memory = Machine.memoryTotal();
    this.form = new TrainForm(this::changed);
    base.entryProperty().addListener((_, _, _) -> baseRead());
    changed();
  }

  private void changed() {
    if (form == null) {
      return; // the form is still being built
    }
    revision.set(revision.get() + 1);
    base.look(form.modelProperty().get());
    lookAtTask();
    data.look(form.trainProperty().get());
    Recipe recipe = form.recipe();
    boolean ready = recipe.model().path() != null && recipe.data().train() != null;
    if (!ready) {
      data.clear();
      plans.cancel();
      plan.set(null);
      planFailure.set(null);
      return;
    }
    data.ask(recipe);
    lookBack(recipe);
    plans.ask(new Request.Plan(recipe), this::planned);
  }

  private void lookAtMissing() {
    allMissing = Missing.all(this);
    missing.set(allMissing.isEmpty() ? null : allMissing.getFirst());
  }

  /** Looks for a run that needed the same, where what is needed changed. */
  private void lookBack(Recipe recipe) {
    List<Object> needs = MeasuredBefore.needs(recipe);
    if (!needs.equals(looked)) {
      looked = needs;
      measured.set(null);
      past.run(
          () -> MeasuredBefore.find(services.workingFolder(), recipe).orElse(null),
          measured::set,
          _ -> {});
    }
  }

  private void planned(Reply reply) {
    switch (reply) {
      case Reply.Planned planned -> {
        plan.set(planned);
        planFailure.set(null);
      }
      case Reply.Failed failed -> {
        plan.set(null);
        planFailure.set(failed.failure());
      }
      default -> {}
    }
    lookAtMissing();
  }

  private void baseRead() {
    MethodCard before = task.get();
    lookAtTask();
    if (task.get() != before) {
      changed(); // what the task does not read is no longer in the recipe
    }
  }

  /** While a base is being read the task stays as it was, so that the form does not jump. */
  private void lookAtTask() {
    ModelEntry entry = base.entryProperty().get();
    boolean none = form.modelProperty().get().isBlank();
    if (entry != null || none) {
      FormField field = form.field("model.task");
      String key = field.textProperty().get();
      String type = none ? "" : entry.modelType();
      field.offer(tasks(key, none ? TaskCards.all() : TaskCards.suiting(type)));
      MethodCard found = TaskCards.of(key, type, none ? "" : entry.architecture()).orElse(null);
      if (found != task.get()) {
        task.set(found);
        form.suit(found == null ? null : found.task());
      }
    }
    lookAtMissing();
  }

  /** Auto, what suits, and what is chosen even where it does not. */
  private static List<String> tasks(String chosen, List<MethodCard> suiting) {
    return Stream.of(
            Stream.of(TaskCards.AUTO), suiting.stream().map(MethodCard::key), Stream.of(chosen))
        .flatMap(keys -> keys)
        .distinct()
        .toList();
  }

  /**
   * Fills the form; null keeps what is there. A draft that names nothing but a base or a dataset
   * changes that alone, so that one can be picked after the other.
   */
  public void load(Recipe draft) {
    if (draft == null) {
      return;
    }
    String base = draft.model().path();
    String data = draft.data().train();
    var naming =
        new Recipe(
            Recipe.VERSION, null, Recipe.Model.of(base), Recipe.Data.of(data), null, null, null);
    if (draft.equals(naming) && (base == null) != (data == null)) {
      (base == null ? form.trainProperty() : form.modelProperty()).set(base == null ? data : base);
    } else {
      form.load(draft);
    }
  }

  /** Fills the form from a recipe's file. */
  public void open(Path file) {
    try {
      form.load(RecipeFile.read(file));
    } catch (StudioException e) {
      services.dialogs().show(e.failure());
    }
  }

  /** Writes what is in the form as a recipe. */
  public void save(Path file) {
    try {
      RecipeFile.write(file, form.recipe());
      services.dialogs().notify(Messages.text("train.saved", file));
    } catch (RuntimeException e) {
      services.dialogs().show(Failure.of(e));
    }
  }

  /**
   * Writes the run's folder, starts its engine and shows it; does nothing while a part is missing.
   */
  public void start() {
    begin(
        run -> {
          services.uiThread().execute(() -> services.navigator().showRun(run));
          services.runs().launch(run);
        });
  }

  /**
   * Writes the run's folder and lets it wait in the queue; does nothing while a part is missing.
   */
  public void enqueue() {
    begin(
        run -> {
          QueueFolder queue = QueueFolder.of(services.workingFolder());
          new QueueEdits(queue).add(QueueEdits.Wish.run(run, queue, true));
          services.runs().keep(queue);
          String told = Messages.text("queue.added", run.name());
          services.uiThread().execute(() -> services.dialogs().notify(told));
        });
  }

  private void begin(Consumer<RunFolder> then) {
    if (missing.get() != null || starting.get()) {
      return;
    }
    starting.set(true);
    Recipe recipe = form.recipe();
    services
        .background()
        .execute(
            () -> {
              try {
                then.accept(create(recipe));
              } catch (RuntimeException e) {
                services.uiThread().execute(() -> services.dialogs().show(Failure.of(e)));
              } finally {
                services.uiThread().execute(() -> starting.set(false));
              }
            });
  }

  private RunFolder create(Recipe recipe) {
    Path folder = Runs.fresh(runs, runName());
    return RunFolder.create(folder, recipe.named(folder.getFileName().toString()));
  }

  /** The name the run will have: the given one, or base and method. */
  public String runName() {
    String given = form.nameProperty().get().strip();
    if (!given.isEmpty()) {
      return given;
    }
    Path base = Path.of(form.modelProperty().get().strip()).getFileName();
    return (base == null ? "run" : base.toString()) + "-" + form.methodProperty().get().key();
  }

  /** Where new runs go. */
  public Path runs() {
    return runs;
  }

  /** The values of the form. */
  public TrainForm form() {
    return form;
  }

  /** The services this screen works with. */
  Services services() {
    return services;
  }

  /** Memory of this computer in bytes. */
  public long memory() {
    return memory;
  }

  /** The chosen base, sound or not; null while none is chosen or it is being read. */
  public ReadOnlyObjectProperty<ModelEntry> modelProperty() {
    return base.entryProperty();
  }

  /** The family of the chosen base, where it is known. */
  Optional<ModelFamily> family() {
    ModelEntry entry = base.entryProperty().get();
    return entry == null ? Optional.empty() : ModelFamilies.find(entry.modelType());
  }

  /** The task in effect, also where the recipe says auto; null while it is open. */
  public ReadOnlyObjectProperty<MethodCard> taskProperty() {
    return task;
  }

  /** Columns of the training file as the engine sees them, for mapping. */
  public ReadOnlyObjectProperty<List<String>> columnsProperty() {
    return data.columnsProperty();
  }

  /** The fields of a row that could be mapped; none while its format is open. */
  public List<TaskNeeds.Field> rowFields() {
    if (task.get() == null) {
      return List.of();
    }
    var formats = task.get().task().formats();
    String chosen = form.field("data.format").textProperty().get();
    boolean told = chosen.equals(TrainFields.AUTO) && data.previewProperty().get() != null;
    return formats.size() == 1
        ? formats.values().iterator().next()
        : formats.getOrDefault(told ? data.previewProperty().get().format() : chosen, List.of());
  }

  /** Whether the file's columns are known but fit no format. */
  public boolean formatOpen() {
    return rowFields().isEmpty()
        && data.previewProperty().get() != null
        && data.previewProperty().get().format().isEmpty();
  }

  /** The data as training sees it; null while unknown. */
  public ReadOnlyObjectProperty<Reply.DataPreviewed> previewProperty() {
    return data.previewProperty();
  }

  /** Why there is no preview; null where nothing went wrong. */
  public ReadOnlyObjectProperty<Failure> previewFailureProperty() {
    return data.failureProperty();
  }

  /** Whether a preview is being made. */
  public ReadOnlyBooleanProperty previewingProperty() {
    return data.busyProperty();
  }

  /** What would run; null while unknown. */
  public ReadOnlyObjectProperty<Reply.Planned> planProperty() {
    return plan;
  }

  /** What an earlier run of the same needs took; null where there is none. */
  public ReadOnlyObjectProperty<MeasuredBefore> measuredProperty() {
    return measured;
  }

  /** Why there is no plan; null where nothing went wrong. */
  public ReadOnlyObjectProperty<Failure> planFailureProperty() {
    return planFailure;
  }

  /** What keeps the run from starting; null where it can start. */
  public ReadOnlyObjectProperty<Missing> missingProperty() {
    return missing;
  }

  /** Grows at every change of the form. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision;
  }

  /** Whether nothing is missing on a card. */
  boolean complete(CardName card) {
    return allMissing.stream().noneMatch(found -> found.card() == card);
  }

  /** Whether a run is being started. */
  public ReadOnlyBooleanProperty startingProperty() {
    return starting;
  }

  /** Ends everything under way. */
  public void close() {
    data.close();
    plans.cancel();
    base.close();
    past.close();
  }
}
