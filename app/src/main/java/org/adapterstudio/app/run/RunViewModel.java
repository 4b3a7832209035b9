package org.adapterstudio.app.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/**
 * A run as the window shows it: read from its folder at every {@link #poll}, so that closing and
 * opening the view again shows the same. Commands go to the run's inbox.
 */
public final class RunViewModel {
  private static final int LOG_LINES = 2000;
  private final Services services;
  private final RunFolder run;
  private final InstantSource clock;
  private final Recipe recipe;
  private final List<Setting> settings;
  private final RunRecord record = new RunRecord();
  private final RunWarnings warnings = new RunWarnings();
  private final WarningActs acts;
  private final RunControls controls;
  private final Silence silence = new Silence();
  private final RanksViewModel ranks;
  private final RunWatch watch;
  private final LongProperty revision = new SimpleLongProperty();
  private final ObjectProperty<RunHeader> header = new SimpleObjectProperty<>(RunHeader.EMPTY);
  private final ObjectProperty<Trouble> trouble = new SimpleObjectProperty<>();
  private final ObservableList<EventLine> events = FXCollections.observableArrayList();
  private final ObservableList<String> log = FXCollections.observableArrayList();
  private final IntegerProperty layer = new SimpleIntegerProperty(-1);
  private final IntegerProperty spectrum = new SimpleIntegerProperty(-1);
  private volatile Optional<MethodCard> task;
  private boolean followSpectrum = true;
  private int rewinds;
  private RunLook look;
  private Instant askedToStart;

  /** A view on a run that has read its recipe and nothing else yet. */
  public RunViewModel(Services services, RunFolder run, InstantSource clock) {
    this.services = services;
    this.run = run;
    this.clock = clock;
    this.recipe = run.recipe();
    this.settings = Setting.of(recipe);
    this.controls = new RunControls(services, run, this::poll, this::close);
    this.acts = new WarningActs(services, run, recipe, this::resume);
    this.ranks = new RanksViewModel(run, recipe);
    this.watch = new RunWatch(services, run, new Taking());
  }

  /** Reads what is new where the log has grown or some time has passed. */
  public void tick() {
    watch.tick();
  }

  /** Reads what is new, off the UI thread; a look under way is not doubled. */
  public void poll() {
    watch.poll();
  }

  /** What becomes of a look. */
  private final class Taking implements RunWatch.Taker {
    @Override
    public void read() {
      task = task == null ? RunTask.of(recipe) : task;
    }

    @Override
    public void take(List<EventLog.Entry> piece) {
      record.apply(piece);
      ranks.take(piece);
    }

    @Override
    public void taken(RunLook seen) {
      RunViewModel.this.taken(seen);
    }

    @Override
    public void unreadable(RuntimeException cause) {
      RunViewModel.this.unreadable(cause);
    }
  }

  private void taken(RunLook seen) {
    boolean grew = !seen.fresh().isEmpty();
    look = seen;
    if (grew) {
      syncEvents();
      moveToNewestSpectrum();
    }
    appendLog(seen.log());
    warnings.show(record.warnings, seen.state(), seen.adjustments());
    noteRequests(seen.state());
    ranks.look(seen.state());
    showHeader(seen);
    trouble.set(Trouble.of(run, seen, record, lastLogLines()));
    if (grew) {
      revision.set(revision.get() + 1);
    }
  }

  private void showHeader(RunLook seen) {
    Instant now = clock.instant();
    Duration silent = silence.after(seen.state().live() ? seen.heartbeat() : null, now);
    header.set(RunHeader.of(this, seen, RunNotice.of(run, record, seen, silent, now)));
  }

  private void unreadable(RuntimeException cause) {
    Failure failure = Failure.of(cause);
    trouble.set(
        new Trouble(
            Messages.text("run.trouble.unreadable", failure.sentence()),
            Messages.text("run.trouble.unreadable.safe"),
            failure.action(),
            failure.detail()));
  }

  private void noteRequests(RunState state) {
    if (state.live()) {
      askedToStart = null;
    }
  }

  private void syncEvents() {
    List<EventLog.Entry> notes = record.notes;
    if (rewinds != record.rewinds()) {
      rewinds = record.rewinds();
      dropSuperseded(notes);
    }
    var fresh = notes.subList(events.size(), notes.size());
    events.addAll(fresh.stream().map(EventLine::of).toList());
  }

  private void dropSuperseded(List<EventLog.Entry> notes) {
    int same = 0;
    int most = Math.min(events.size(), notes.size());
    while (same < most && EventLine.of(notes.get(same)).equals(events.get(same))) {
      same++;
    }
    events.remove(same, events.size());
  }

  private void moveToNewestSpectrum() {
    int newest = record.spectra.size() - 1;
    if (newest >= 0 && layer.get() < 0) {
      layer.set(0);
    }
    if (followSpectrum || spectrum.get() > newest) {
      spectrum.set(newest);
    }
  }

  private void appendLog(String text) {
    if (!text.isEmpty()) {
      log.addAll(text.lines().toList());
      if (log.size() > LOG_LINES) {
        log.remove(0, log.size() - LOG_LINES);
      }
    }
  }

  private String lastLogLines() {
    return String.join("\n", log.subList(Math.max(0, log.size() - 20), log.size()));
  }

  /** Chooses the spectrum shown, by index; the newest one is followed from then on. */
  public void chooseSpectrum(int index) {
    int newest = record.spectra.size() - 1;
    followSpectrum = index >= newest;
    spectrum.set(Math.clamp(index, -1, newest));
  }

  /** What can be asked of the run. */
  public RunControls controls() {
    return controls;
  }

  /** Starts an engine on the run; what it restores is the newest checkpoint. */
  public void resume() {
    askedToStart = clock.instant();
    if (look != null) {
      showHeader(look);
    }
    services
        .background()
        .execute(
            () -> {
              try {
                services.runs().launch(run);
              } catch (RuntimeException e) {
                services.uiThread().execute(() -> refused(e));
              }
            });
  }

  private void refused(RuntimeException cause) {
    askedToStart = null;
    services.dialogs().show(Failure.of(cause));
    poll();
  }

  /** Does what a warning offers. */
  public void act(Act act) {
    acts.perform(act);
    poll();
  }

  /** Opens the chat on the base and the exported adapter, or the newest checkpoint. */
  public void tryInChat() {
    resultFolder()
        .ifPresent(folder -> services.navigator().openChat(Path.of(recipe.model().path()), folder));
  }

  /** Goes to the training form with this run's settings, under a name of its own. */
  public void trainAgain() {
    services.navigator().showTrain(recipe.named(null));
  }

  /** The exported adapter, else the newest checkpoint. */
  public Optional<Path> resultFolder() {
    if (look == null) {
      return Optional.empty();
    }
    return look.adapterReady()
        ? Optional.of(run.adapter())
        : look.checkpoint().map(run::checkpoint);
  }

  /** What a report needs: the failure, the versions, the last lines of the log. */
  public String report() {
    Trouble now = trouble.get();
    String head = now == null ? "" : now.title() + "\n" + now.advice() + "\n\n" + now.detail();
    return run.path() + "\n" + head + "\n\n" + record.started() + "\n\n" + lastLogLines();
  }

  /** No look changes anything any more. */
  public void close() {
    watch.close();
  }

  /** Whether an engine was asked for and has not taken the run's lock yet, for 30 s at most. */
  boolean starting() {
    return askedToStart != null && Duration.between(askedToStart, clock.instant()).toSeconds() < 30;
  }

  /** Whether results of the run's task can be talked to; yes while the task is not known. */
  boolean chats() {
    Optional<MethodCard> known = task;
    return known == null || known.map(card -> card.task().chats()).orElse(true);
  }

  /** The run on disk. */
  public RunFolder run() {
    return run;
  }

  /** The frozen recipe. */
  public Recipe recipe() {
    return recipe;
  }

  /** The frozen recipe, field by field. */
  public List<Setting> settings() {
    return settings;
  }

  /** Ranks that the run's spectra advise. */
  RanksViewModel ranks() {
    return ranks;
  }

  /** Everything the event log told so far. */
  public RunRecord record() {
    return record;
  }

  /** Warnings that count. */
  public RunWarnings warnings() {
    return warnings;
  }

  /** Grows whenever the record did. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision;
  }

  /** What the head of the screen says. */
  public ReadOnlyObjectProperty<RunHeader> headerProperty() {
    return header;
  }

  /** The failure card; null where nothing is wrong. */
  public ReadOnlyObjectProperty<Trouble> troubleProperty() {
    return trouble;
  }

  /** Events worth telling, oldest first. */
  public ObservableList<EventLine> events() {
    return events;
  }

  /** The tail of the engine's log. */
  public ObservableList<String> log() {
    return log;
  }

  /** Index of the layer whose singular values are shown; -1 before there are any. */
  public IntegerProperty layerProperty() {
    return layer;
  }

  /** Index of the spectrum shown; -1 before there is any. */
  public ReadOnlyIntegerProperty spectrumProperty() {
    return spectrum;
  }
}
