package org.adapterstudio.app.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.library.LibraryScan;
import org.adapterstudio.contract.library.ModelEntry;

/** The base that the form names, as its folder says what it is; read in the background. */
final class ChosenBase implements AutoCloseable {
  private final Path workingFolder;
  private final BackgroundWork work;
  private final ObjectProperty<ModelEntry> entry = new SimpleObjectProperty<>();
  private String shown = "";

  ChosenBase(Services services) {
    workingFolder = services.workingFolder();
    work = new BackgroundWork(services);
  }

  /** Reads another folder, if the path is another; null is shown meanwhile. */
  void look(String typed) {
    String path = typed.strip();
    if (path.equals(shown)) {
      return;
    }
    shown = path;
    work.cancel();
    entry.set(null);
    if (!path.isEmpty()) {
      work.run(() -> read(workingFolder.resolve(path)), entry::set, _ -> {});
    }
  }

  private static ModelEntry read(Path folder) {
    Optional<ModelEntry> found =
        Files.isRegularFile(folder.resolve("config.json"))
            ? LibraryScan.all(folder).stream()
                .filter(ModelEntry.class::isInstance)
                .map(ModelEntry.class::cast)
                .findFirst()
            : Optional.empty();
    return found.orElseGet(() -> none(folder));
  }

  private static ModelEntry none(Path folder) {
    String why = Messages.text("train.base.none");
    return new ModelEntry(folder, folder.toString(), "", "", 0, "", 0, false, why);
  }

  /** What it is, sound or not; null while none is chosen or it is being read. */
  ReadOnlyObjectProperty<ModelEntry> entryProperty() {
    return entry;
  }

  @Override
  public void close() {
    work.close();
  }
}
