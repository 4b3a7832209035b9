package org.adapterstudio.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.adapterstudio.app.chat.ChatView;
import org.adapterstudio.app.chat.ChatViewModel;
import org.adapterstudio.app.compare.CompareView;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.engine.EngineProcess;
import org.adapterstudio.app.engine.RunLauncher;
import org.adapterstudio.app.library.LibraryCatalogue;
import org.adapterstudio.app.library.LibraryView;
import org.adapterstudio.app.library.LibraryViewModel;
import org.adapterstudio.app.machine.MachineView;
import org.adapterstudio.app.run.RunView;
import org.adapterstudio.app.runs.RunsView;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.train.TrainView;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Machine;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** The one place where the window is put together, by hand; built and closed on the UI thread. */
final class Wiring implements AutoCloseable {
  private final List<AutoCloseable> ends = new ArrayList<>();
  private final Services services;
  private final SettingsFile settings;
  private final ThemeService theme;
  private final LibraryCatalogue library;
  private final ShellViewModel shell = new ShellViewModel();
  private final Notices notices = new Notices();
  private final PaletteViewModel palette;
  private final StatusViewModel status;
  private final Opening opening;
  private final ShellView view;
  private volatile List<RunFolder> knownRuns = List.of();

  /** The real window. */
  static Wiring real(Stage stage) {
    return new Wiring(
        stage,
        new EngineProcess(),
        new DetachedRuns(),
        SettingsFile.ofHome(),
        Path.of("").toAbsolutePath());
  }

  Wiring(
      Stage stage,
      EngineClient engine,
      RunLauncher runs,
      SettingsFile settings,
      Path workingFolder) {
    this.settings = settings;
    theme = new ThemeService(settings);
    ExecutorService background = Executors.newCachedThreadPool(daemons());
    services =
        new Services(
            engine,
            runs,
            new FxDialogs(stage, notices, theme, Platform::runLater),
            shell,
            background,
            Platform::runLater,
            workingFolder);
    library = new LibraryCatalogue(services, settings);
    opening = new Opening(shell, services.dialogs(), library::add);
    palette = new PaletteViewModel(new PaletteEntries(this)::all);
    status = new StatusViewModel(new BackgroundWork(services), this::reading);
    view = new ShellView(shell, new PlaceHost(places(), services), palette, status, notices, theme);
    ends.addAll(List.of(view, library, engine, background::shutdownNow));
    settings.problem().ifPresent(services.dialogs()::show);
    library.rescan();
  }

  Services services() {
    return services;
  }

  SettingsFile settings() {
    return settings;
  }

  ThemeService theme() {
    return theme;
  }

  LibraryCatalogue library() {
    return library;
  }

  ShellViewModel shell() {
    return shell;
  }

  Notices notices() {
    return notices;
  }

  PaletteViewModel palette() {
    return palette;
  }

  StatusViewModel status() {
    return status;
  }

  Opening opening() {
    return opening;
  }

  ShellView view() {
    return view;
  }

  @Override
  public void close() {
    for (AutoCloseable end : ends) {
      try {
        end.close();
      } catch (Exception e) { // the others must still be closed
        org.slf4j.LoggerFactory.getLogger(Wiring.class).warn("Closing {}", end, e);
      }
    }
  }

  private Places places() {
    return new Places(
        given -> new LibraryView(new LibraryViewModel(given, library)),
        Wiring::train,
        RunsView::new,
        RunView::new,
        CompareView::new,
        MachineView::new,
        this::chat);
  }

  private Places.Chat chat(Services given) {
    var model = new ChatViewModel(given, library);
    return new Places.Chat(new ChatView(model, () -> shell.chatOpen().set(false)), model::open);
  }

  private static Places.Train train(Services given) {
    var form = new TrainView(given);
    return new Places.Train(form, form::load);
  }

  /** The runs as they were a moment ago, newest first; read in the background. */
  List<RunFolder> runs() {
    return knownRuns;
  }

  private StatusViewModel.Reading reading() {
    Path working = services.workingFolder();
    knownRuns = Runs.list(working);
    List<RunFolder> live = knownRuns.stream().filter(Wiring::live).toList();
    return new StatusViewModel.Reading(
        services.engine().status(),
        live,
        Machine.diskFree(Runs.folder(working)),
        Machine.memoryFree(),
        Machine.memoryTotal());
  }

  private static boolean live(RunFolder run) {
    return EngineLock.held(run);
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().daemon().name("background-", 0).factory();
  }
}
