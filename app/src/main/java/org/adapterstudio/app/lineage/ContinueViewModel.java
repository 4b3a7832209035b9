package org.adapterstudio.app.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.Continuation;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;
import org.adapterstudio.contract.run.lineage.Continuations;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.lineage.Standing;

/** What the person chooses to go on with a run, and what that does; settings are the run's own. */
public final class ContinueViewModel {
  private final Services services;
  private final RunFolder run;
  private final BackgroundWork work;
  private final Integer asked;
  private final Kind wanted;
  private final ReadOnlyObjectWrapper<Standing> standing = new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>();
  private final ObservableList<Integer> steps = FXCollections.observableArrayList();
  private final ObjectProperty<Integer> step = new SimpleObjectProperty<>();
  private final StringProperty more = new SimpleStringProperty("");
  private final ObjectProperty<Amendment.Rate> rate =
      new SimpleObjectProperty<>(Amendment.Rate.REBUILT);
  private final BooleanProperty optimizer = new SimpleBooleanProperty(true);
  private final ObservableList<BranchField> fields = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Continuation> plan = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Failure> failure = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final InvalidationListener changed = _ -> replan();

  /**
   * A choice for a run.
   *
   * @param step of the checkpoint that was clicked; null for the newest
   * @param wanted null leaves it to the run's state
   */
  public ContinueViewModel(Services services, RunFolder run, Integer step, Kind wanted) {
    this.services = services;
    this.run = run;
    this.work = new BackgroundWork(services);
    this.asked = step;
    this.wanted = wanted;
    for (var value : List.of(kind, this.step, more, rate, optimizer)) {
      value.addListener(changed);
    }
  }

  /** Reads the run and its checkpoints, off the UI thread. */
  public void look() {
    work.run(() -> Standing.of(run), this::take, failure::set);
  }

  private void take(Standing seen) {
    steps.setAll(seen.checkpoints().stream().map(StoredCheckpoint::step).toList());
    fields.setAll(BranchField.of(seen.recipe(), seen.total()));
    fields.forEach(field -> field.text().addListener(changed));
    more.set(String.valueOf(Math.max(1, seen.total() / 2)));
    standing.set(seen);
    Integer newest = seen.newestSound().map(StoredCheckpoint::step).orElse(null);
    step.set(asked != null && steps.contains(asked) ? asked : newest);
    kind.set(wanted != null ? wanted : fitting(seen, newest));
    replan();
  }

  /** What a person most likely wants: more of a finished run, the rest of a broken one. */
  private Kind fitting(Standing seen, Integer newest) {
    if (asked != null && !asked.equals(newest)) {
      return Kind.BRANCH;
    }
    if (seen.finished()) {
      return Kind.EXTEND;
    }
    return seen.state().live() ? Kind.BRANCH : Kind.RESUME;
  }

  private void replan() {
    if (standing.get() == null || kind.get() == null) {
      return;
    }
    try {
      failure.set(null);
      plan.set(choice().map(choice -> Continuations.plan(standing.get(), choice)).orElse(null));
    } catch (StudioException e) {
      plan.set(null);
      failure.set(e.failure());
    }
  }

  private Optional<Choice> choice() {
    int from = step.get() == null ? 0 : step.get();
    return switch (kind.get()) {
      case RESUME -> Optional.of(new Choice.Resume());
      case REWIND -> Optional.of(new Choice.Rewind(from));
      case EXTEND -> number(more.get()).map(count -> new Choice.Extend(count, rate.get()));
      case BRANCH ->
          Optional.of(
              new Choice.Branch(
                  from,
                  RecipeFile.with(standing.get().recipe(), settings(), run.path()),
                  optimizer.get(),
                  false));
    };
  }

  private List<String> settings() {
    return fields.stream().filter(BranchField::changed).map(BranchField::setting).toList();
  }

  private static Optional<Integer> number(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
  }

  /** Why it cannot be done, in sentences; none where it can. */
  public List<String> refusals() {
    var all = new ArrayList<String>();
    if (failure.get() != null) {
      all.add(failure.get().text());
    }
    if (plan.get() != null) {
      all.addAll(plan.get().refusals());
    }
    return all;
  }

  /** Whether it can be done now. */
  public boolean ready() {
    return plan.get() != null && refusals().isEmpty() && !working.get();
  }

  /** Does it, starts the engine, and shows the run. */
  public void carryOut(Runnable done) {
    if (!ready()) {
      return;
    }
    working.set(true);
    Choice choice = choice().orElseThrow();
    work.run(
        () -> {
          RunFolder next =
              GoingOn.prepare(run, choice, GoingOn.branchFolder(run, plan.get().step()));
          services.runs().launch(next);
          return next;
        },
        next -> {
          working.set(false);
          done.run();
          services.navigator().showRun(next);
        },
        refused -> {
          working.set(false);
          failure.set(refused);
        });
  }

  /** The run on disk. */
  public RunFolder run() {
    return run;
  }

  /** Where the run stands; null until it was read. */
  public ReadOnlyObjectProperty<Standing> standingProperty() {
    return standing.getReadOnlyProperty();
  }

  /** How to go on. */
  public ObjectProperty<Kind> kindProperty() {
    return kind;
  }

  /** Steps of the checkpoints, ascending. */
  public ObservableList<Integer> steps() {
    return steps;
  }

  /** Step of the checkpoint to go on from, for a rewind or a branch. */
  public ObjectProperty<Integer> stepProperty() {
    return step;
  }

  /** How many steps an extension adds, as written. */
  public StringProperty moreProperty() {
    return more;
  }

  /** What the learning rate of an extension does. */
  public ObjectProperty<Amendment.Rate> rateProperty() {
    return rate;
  }

  /** Whether a branch takes the optimizer's numbers over. */
  public BooleanProperty optimizerProperty() {
    return optimizer;
  }

  /** Settings that a branch may change. */
  public ObservableList<BranchField> fields() {
    return fields;
  }

  /** What going on as chosen does; null while that is not known. */
  public ReadOnlyObjectProperty<Continuation> planProperty() {
    return plan.getReadOnlyProperty();
  }

  /** Why the run cannot be read or the choice not be carried out; null where nothing is wrong. */
  public ReadOnlyObjectProperty<Failure> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /** Whether an engine is being started. */
  public ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** Ends what is under way. */
  public void close() {
    work.close();
  }
}
