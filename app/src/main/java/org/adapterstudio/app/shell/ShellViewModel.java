package org.adapterstudio.app.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Navigator;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/** Where the window is and what is open beside it. */
public final class ShellViewModel implements Navigator {
  private final ReadOnlyObjectWrapper<Stop> stop = new ReadOnlyObjectWrapper<>(Stop.LIBRARY);
  private final ReadOnlyObjectWrapper<Recipe> draft = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ChatTarget> chatTarget = new ReadOnlyObjectWrapper<>();
  private final BooleanProperty chatOpen = new SimpleBooleanProperty();
  private final ObservableList<Crumb> crumbs = FXCollections.observableArrayList();

  /** A window that stands in the library. */
  public ShellViewModel() {
    stop.subscribe(this::nameCrumbs);
  }

  /**
   * One standing place.
   *
   * @param run set for {@link Place#RUN} alone
   * @param compared the runs of {@link Place#COMPARE}; empty elsewhere
   */
  public record Stop(Place place, RunFolder run, List<RunFolder> compared) {
    static final Stop LIBRARY = new Stop(Place.LIBRARY, null);

    /** A place that compares nothing. */
    public Stop(Place place, RunFolder run) {
      this(place, run, List.of());
    }
  }

  /** A step of the breadcrumb; go is null for where we are. */
  public record Crumb(String text, Runnable go) {}

  /** What the chat was asked to open on; adapter may be null. */
  public record ChatTarget(Path model, Path adapter) {}

  /** Where the window is. */
  public ReadOnlyObjectProperty<Stop> stop() {
    return stop.getReadOnlyProperty();
  }

  /** The draft last handed to the training form, for the form to take. */
  public ReadOnlyObjectProperty<Recipe> draft() {
    return draft.getReadOnlyProperty();
  }

  /** What the chat was last asked to open on. */
  public ReadOnlyObjectProperty<ChatTarget> chatTarget() {
    return chatTarget.getReadOnlyProperty();
  }

  /** Whether the chat drawer is open. */
  public BooleanProperty chatOpen() {
    return chatOpen;
  }

  /** The way from the first place to here. */
  public ObservableList<Crumb> crumbs() {
    return crumbs;
  }

  @Override
  public void showLibrary() {
    stop.set(Stop.LIBRARY);
  }

  @Override
  public void showTrain(Recipe recipe) {
    stop.set(new Stop(Place.TRAIN, null));
    if (recipe != null) {
      draft.set(recipe);
    }
  }

  /** Takes the draft out, so that it fills the form once. */
  public Recipe takeDraft() {
    Recipe taken = draft.get();
    draft.set(null);
    return taken;
  }

  @Override
  public void showRuns() {
    stop.set(new Stop(Place.RUNS, null));
  }

  /** Shows what the window remembers. */
  public void showSettings() {
    stop.set(new Stop(Place.SETTINGS, null));
  }

  /** Shows the queue. */
  public void showQueue() {
    stop.set(new Stop(Place.QUEUE, null));
  }

  /** Shows engine and devices. */
  public void showMachine() {
    stop.set(new Stop(Place.MACHINE, null));
  }

  @Override
  public void showRun(RunFolder run) {
    stop.set(new Stop(Place.RUN, run));
  }

  @Override
  public void showCompare(List<RunFolder> runs) {
    stop.set(new Stop(Place.COMPARE, null, List.copyOf(runs)));
  }

  @Override
  public void openChat(Path model, Path adapter) {
    chatTarget.set(new ChatTarget(model, adapter));
    chatOpen.set(true);
  }

  private void nameCrumbs(Stop at) {
    switch (at.place()) {
      case LIBRARY -> crumbs.setAll(here("place.library"));
      case TRAIN -> crumbs.setAll(here("place.train"));
      case RUNS -> crumbs.setAll(here("place.runs"));
      case QUEUE -> crumbs.setAll(here("place.queue"));
      case MACHINE -> crumbs.setAll(here("place.machine"));
      case COMPARE ->
          crumbs.setAll(
              new Crumb(Messages.text("place.runs"), this::showRuns),
              new Crumb(Messages.text("place.compare"), null));
      case SETTINGS -> crumbs.setAll(here("place.settings"));
      case RUN ->
          crumbs.setAll(
              new Crumb(Messages.text("place.runs"), this::showRuns),
              new Crumb(at.run().name(), null));
    }
  }

  private static Crumb here(String key) {
    return new Crumb(Messages.text(key), null);
  }
}
