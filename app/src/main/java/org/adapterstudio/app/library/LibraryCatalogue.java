package org.adapterstudio.app.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.LibraryScan;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.run.Runs;

/**
 * What is known to lie in the library's folders, shared by every part of the window that lets
 * people choose a model. Scans run in the background and report as they go.
 */
public final class LibraryCatalogue implements AutoCloseable {
  private static final Comparator<LibraryEntry> ORDER =
      Comparator.comparing(LibraryEntry::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(LibraryEntry::path);

  private final SettingsFile settings;
  private final DialogService dialogs;
  private final BackgroundWork work;
  private final LibraryPlaces places;
  private final Path workingFolder;
  private final ObservableList<Path> folders = FXCollections.observableArrayList();
  private final ObservableList<Path> offers = FXCollections.observableArrayList();
  private final ObservableList<ModelEntry> models = FXCollections.observableArrayList();
  private final ObservableList<AdapterEntry> adapters = FXCollections.observableArrayList();
  private final ObservableList<DataEntry> data = FXCollections.observableArrayList();
  private final ConcurrentHashMap<Path, Path> baseOfAdapter = new ConcurrentHashMap<>();
  private final ReadOnlyBooleanWrapper scanning = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper foldersSeen = new ReadOnlyIntegerWrapper();

  /** The library of this person: remembered folders, caches found under their home. */
  public LibraryCatalogue(Services services, SettingsFile settings) {
    this(services, settings, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** A library that looks for other programs' caches in a given environment and home. */
  LibraryCatalogue(
      Services services, SettingsFile settings, Map<String, String> environment, Path userHome) {
    this.settings = settings;
    dialogs = services.dialogs();
    work = new BackgroundWork(services);
    workingFolder = services.workingFolder();
    places = new LibraryPlaces(environment, userHome, workingFolder);
    folders.setAll(settings.get().libraryFolders().stream().map(Path::of).toList());
  }

  /** Folders the person added. */
  public ObservableList<Path> folders() {
    return folders;
  }

  /** Folders that exist and probably hold models, not added yet. */
  public ObservableList<Path> offers() {
    return offers;
  }

  /** Base models, by name. */
  public ObservableList<ModelEntry> models() {
    return models;
  }

  /** Adapters, by name. */
  public ObservableList<AdapterEntry> adapters() {
    return adapters;
  }

  /** Data sets, by name. */
  public ObservableList<DataEntry> data() {
    return data;
  }

  /** Whether a scan is under way. */
  public ReadOnlyBooleanProperty scanning() {
    return scanning.getReadOnlyProperty();
  }

  /** Folders entered by the present or last scan. */
  public ReadOnlyIntegerProperty foldersSeen() {
    return foldersSeen.getReadOnlyProperty();
  }

  /** A folder in words: what it is where that is known, else its path, home written as ~. */
  public String nameOf(Path folder) {
    if (isSamples(folder)) {
      return Messages.text("library.offer.samples");
    }
    if (folder.equals(hubCache())) {
      return Messages.text("library.offer.hub");
    }
    String home = System.getProperty("user.home");
    String text = folder.toString();
    return home.length() > 1 && text.startsWith(home) ? "~" + text.substring(home.length()) : text;
  }

  /** Where the Hugging Face tools put models of this person. */
  public Path hubCache() {
    return places.hubCache();
  }

  /** Whether a folder is that of the built-in samples. */
  public boolean isSamples(Path folder) {
    return places.samples().filter(folder::equals).isPresent();
  }

  /** Adapters made for a model. */
  public List<AdapterEntry> adaptersOf(ModelEntry model) {
    return adapters.stream()
        .filter(adapter -> model.path().equals(baseOfAdapter.get(adapter.path())))
        .toList();
  }

  /** The model an adapter was made for, where the library has it; else null. */
  public ModelEntry baseOf(AdapterEntry adapter) {
    Path base = baseOfAdapter.get(adapter.path());
    return models.stream().filter(model -> model.path().equals(base)).findFirst().orElse(null);
  }

  /** Adds a folder for good and scans anew. */
  public void add(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(whole)) {
      dialogs.show(
          Failure.badInput(
              Messages.text("library.notAFolder", whole), Messages.text("library.chooseAFolder")));
      return;
    }
    if (!folders.contains(whole)) {
      folders.add(whole);
      remember();
      dialogs.notify(Messages.text("library.added", whole));
    }
    rescan();
  }

  /** Takes a folder out of the library; nothing on disk changes. */
  public void remove(Path folder) {
    folders.remove(folder);
    remember();
    rescan();
  }

  /** Empties the lists and walks all folders again. */
  public void rescan() {
    models.clear();
    adapters.clear();
    data.clear();
    baseOfAdapter.clear();
    foldersSeen.set(0);
    scanning.set(true);
    var roots = new LinkedHashSet<>(folders);
    roots.add(Runs.folder(workingFolder));
    work.start(
        ticket -> scan(ticket, List.copyOf(roots)),
        failure -> {
          scanning.set(false);
          dialogs.show(failure);
        });
  }

  /** Ends the scan under way; what it found stays. */
  public void stopScan() {
    work.cancel();
    scanning.set(false);
  }

  @Override
  public void close() {
    work.close();
  }

  private void scan(BackgroundWork.Ticket ticket, List<Path> roots) {
    var belongings = new Belongings(baseOfAdapter);
    var scan =
        new LibraryScan(
            entry -> {
              belongings.note(entry);
              ticket.post(() -> found(entry));
            },
            ticket);
    var offered = new ArrayList<>(places.existing());
    offered.removeIf(roots::contains);
    ticket.post(() -> offers.setAll(offered));
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        scan.folder(root);
        int seen = scan.folders();
        ticket.post(() -> foldersSeen.set(seen));
      }
    }
    ticket.post(() -> scanning.set(false));
  }

  private void found(LibraryEntry entry) {
    switch (entry) {
      case ModelEntry model -> insert(models, model);
      case AdapterEntry adapter -> insert(adapters, adapter);
      case DataEntry rows -> insert(data, rows);
    }
  }

  private static <E extends LibraryEntry> void insert(ObservableList<E> list, E entry) {
    int at = java.util.Collections.binarySearch(list, entry, ORDER);
    list.add(at < 0 ? -at - 1 : at, entry);
  }

  private void remember() {
    settings.update(now -> now.withLibraryFolders(folders.stream().map(Path::toString).toList()));
  }
}
