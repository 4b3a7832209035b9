package org.adapterstudio.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.chat.ChatView;
import org.adapterstudio.app.chat.ChatViewModel;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.engine.EngineProcess;
import org.adapterstudio.app.engine.RunLauncher;
import org.adapterstudio.app.library.LibraryCatalogue;
import org.adapterstudio.app.library.LibraryView;
import org.adapterstudio.app.library.LibraryViewModel;
import org.adapterstudio.app.machine.MachineView;
import org.adapterstudio.app.preferences.PreferencesView;
import org.adapterstudio.app.queue.QueueView;
import org.adapterstudio.app.queue.QueueWatch;
import org.adapterstudio.app.run.ChartMemory;
import org.adapterstudio.app.run.RunView;
import org.adapterstudio.app.runs.RunsView;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.train.TrainView;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Machine;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.SystemFolderWindow;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.app.watch.DiskWatch;
import org.adapterstudio.app.watch.RunWatch;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** The one place where the window is put together, by hand; built and closed on the UI thread. */
final class Wiring implements AutoCloseable {
  private final List<AutoCloseable> ends = new ArrayList<>();
  private final Services services;
  private final SettingsFile settings;
  private final ThemeService theme;
  private final KeyBindings keys;
  private final LibraryCatalogue library;
  private final ShellViewModel shell = new ShellViewModel();
  private final Notices notices = new Notices();
  private final PaletteViewModel palette;
  private final StatusViewModel status;
  private final Opening opening;
  private final RunWatch watch;
  private final DiskWatch diskWatch = new DiskWatch();
  private final QueueWatch queue;
  private final DesktopNotices desktop;
  private final Teller teller;
  private final ShellView view;
  private final WindowActions actions;
  private volatile List<RunFolder> knownRuns = List.of();

  /** The real window. */
  static Wiring real(Stage stage) {
    return new Wiring(
        stage,
        new EngineProcess(),
        new DetachedRuns(),
        SettingsFile.ofHome(),
        Path.of("").toAbsolutePath(),
        DesktopNotices::ofSystem);
  }

  Wiring(
      Stage stage,
      EngineClient engine,
      RunLauncher runs,
      SettingsFile settings,
      Path workingFolder,
      Function<Executor, DesktopNotices> desktopNotices) {
    this.settings = settings;
    theme = new ThemeService(settings);
    keys = new KeyBindings(settings);
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
    var entries = new PaletteEntries(this);
    watch = new RunWatch(settings.beside("told.json"));
    queue = new QueueWatch(QueueFolder.of(workingFolder), runs);
    desktop = desktopNotices.apply(background);
    teller = new Teller(stage, notices, shell, desktop, settings, Platform::runLater);
    palette = new PaletteViewModel(entries::all, entries::ran);
    status = new StatusViewModel(new BackgroundWork(services), this::reading);
    view =
        new ShellView(
            shell,
            new PlaceHost(places(), services),
            palette,
            status,
            notices,
            theme,
            keys,
            this::openRuns);
    actions = new WindowActions(this);
    ends.addAll(List.of(view, library, engine, watch, desktop, background::shutdownNow));
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

  KeyBindings keys() {
    return keys;
  }

  WindowActions actions() {
    return actions;
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

  /** How the places are built. */
  Places places() {
    return new Places(
        given -> new LibraryView(new LibraryViewModel(given, library)),
        Wiring::train,
        RunsView::new,
        (given, run) -> new RunView(given, run, ChartMemory.in(settings)),
        QueueView::new,
        MachineView::new,
        _ -> new PreferencesView(theme, settings, keys, desktop.there()),
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
    long diskFree = Machine.diskFree(Runs.folder(working));
    var happened = new ArrayList<>(watch.look(knownRuns, Set.copyOf(live)));
    diskWatch.look(diskFree).ifPresent(happened::add);
    services.uiThread().execute(() -> teller.tell(happened));
    return new StatusViewModel.Reading(
        services.engine().status(),
        live,
        queue.waiting(),
        diskFree,
        Machine.memoryFree(),
        Machine.memoryTotal());
  }

  private void openRuns() {
    Path folder = Runs.folder(services.workingFolder());
    services
        .background()
        .execute(
            () -> {
              if (!SystemFolderWindow.open(folder)) {
                services.dialogs().notify(Messages.text("run.folder.none", folder));
              }
            });
  }

  private static boolean live(RunFolder run) {
    return EngineLock.held(run);
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().daemon().name("background-", 0).factory();
  }
}
