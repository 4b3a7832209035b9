package org.adapterstudio.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
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
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.library.LibraryScan;
import org.adapterstudio.contract.library.ModelEntry;
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
  private static final int PREVIEW_ROWS = 8;
  private final Services services;
  private final TrainForm form;
  private final LatestRequest previews;
  private final LatestRequest plans;
  private final BackgroundWork models;
  private final BackgroundWork heads;
  private final ObjectProperty<ModelEntry> model = new SimpleObjectProperty<>();
  private final ObjectProperty<List<String>> columns = new SimpleObjectProperty<>(List.of());
  private final ObjectProperty<Reply.DataPreviewed> preview = new SimpleObjectProperty<>();
  private final ObjectProperty<Failure> previewFailure = new SimpleObjectProperty<>();
  private final BooleanProperty previewing = new SimpleBooleanProperty();
  private final ObjectProperty<Reply.Planned> plan = new SimpleObjectProperty<>();
  private final ObjectProperty<Failure> planFailure = new SimpleObjectProperty<>();
  private final ObjectProperty<Missing> missing = new SimpleObjectProperty<>();
  private final BooleanProperty starting = new SimpleBooleanProperty();
  private final LongProperty revision = new SimpleLongProperty();
  private String modelShown = "";
  private String dataShown = "";
  private JsonNode previewed;
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
    this.previews = new LatestRequest(services.engine(), later, services.uiThread());
    this.plans = new LatestRequest(services.engine(), later, services.uiThread());
    this.models = new BackgroundWork(services);
    this.heads = new BackgroundWork(services);
    this.runs = Runs.folder(services.workingFolder());
    this.memory = Machine.memoryTotal();
    this.form = new TrainForm(this::changed);
    changed();
  }

  private void changed() {
    if (form == null) {
      return; // the form is still being built
    }
    revision.set(revision.get() + 1);
    lookAtModel();
    lookAtData();
    lookAtMissing();
    Recipe recipe = form.recipe();
    boolean ready = recipe.model().path() != null && recipe.data().train() != null;
    if (!ready) {
      previewed = null;
      previews.cancel();
      plans.cancel();
      previewing.set(false);
      preview.set(null);
      previewFailure.set(null);
      plan.set(null);
      planFailure.set(null);
      return;
    }
    askForPreview(recipe);
    plans.ask(new Request.Plan(recipe), this::planned);
  }

  private void lookAtMissing() {
    allMissing = Missing.all(this);
    missing.set(allMissing.isEmpty() ? null : allMissing.getFirst());
  }

  private void askForPreview(Recipe recipe) {
    JsonNode key = Json.object().set("d", Json.tree(List.of(recipe.data(), recipe.model())));
    if (!key.equals(previewed)) {
      previewed = key;
      previewing.set(true);
      previews.ask(new Request.PreviewData(recipe, PREVIEW_ROWS), this::previewed);
    }
  }

  private void previewed(Reply reply) {
    switch (reply) {
      case Reply.DataPreviewed data -> {
        preview.set(data);
        previewFailure.set(null);
        columns.set(
            data.columns() == null || data.columns().isEmpty() ? columns.get() : data.columns());
      }
      case Reply.Failed failed -> {
        preview.set(null);
        previewFailure.set(failed.failure());
      }
      default -> {}
    }
    previewing.set(!reply.last());
    lookAtMissing();
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

  private void lookAtModel() {
    String path = form.modelProperty().get().strip();
    if (path.equals(modelShown)) {
      return;
    }
    modelShown = path;
    model.set(null);
    models.cancel();
    if (!path.isEmpty()) {
      models.run(() -> read(services.workingFolder().resolve(path)), this::modelRead, _ -> {});
    }
  }

  private static ModelEntry read(Path folder) {
    Optional<ModelEntry> found =
        java.nio.file.Files.isRegularFile(folder.resolve("config.json"))
            ? LibraryScan.all(folder).stream()
                .filter(ModelEntry.class::isInstance)
                .map(ModelEntry.class::cast)
                .findFirst()
            : Optional.empty();
    return found.orElseGet(
        () ->
            new ModelEntry(
                folder,
                folder.toString(),
                "",
                "",
                0,
                "",
                0,
                false,
                Messages.text("train.base.none")));
  }

  private void modelRead(ModelEntry entry) {
    model.set(entry);
    lookAtMissing();
  }

  private void lookAtData() {
    String path = form.trainProperty().get().strip();
    if (path.equals(dataShown)) {
      return;
    }
    dataShown = path;
    columns.set(List.of());
    heads.cancel();
    if (!path.isEmpty()) {
      Path file = services.workingFolder().resolve(path);
      heads.run(() -> DataHead.columns(file), columns::set, _ -> {});
    }
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
                RunFolder run = create(recipe);
                services.uiThread().execute(() -> services.navigator().showRun(run));
                services.runs().launch(run);
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
    return model;
  }

  /** Columns of the training file, for mapping. */
  public ReadOnlyObjectProperty<List<String>> columnsProperty() {
    return columns;
  }

  /** The data as training sees it; null while unknown. */
  public ReadOnlyObjectProperty<Reply.DataPreviewed> previewProperty() {
    return preview;
  }

  /** Why there is no preview; null where nothing went wrong. */
  public ReadOnlyObjectProperty<Failure> previewFailureProperty() {
    return previewFailure;
  }

  /** Whether a preview is being made. */
  public ReadOnlyBooleanProperty previewingProperty() {
    return previewing;
  }

  /** What would run; null while unknown. */
  public ReadOnlyObjectProperty<Reply.Planned> planProperty() {
    return plan;
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
    previews.cancel();
    plans.cancel();
    models.close();
    heads.close();
  }
}
