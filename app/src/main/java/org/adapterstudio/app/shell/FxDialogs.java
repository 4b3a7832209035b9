package org.adapterstudio.app.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;

/** Dialogs of the real window: notices inside it, questions and choosers over it. */
final class FxDialogs implements DialogService {
  private final Stage owner;
  private final Notices notices;
  private final ThemeService theme;
  private final Executor uiThread;

  FxDialogs(Stage owner, Notices notices, ThemeService theme, Executor uiThread) {
    this.owner = owner;
    this.notices = notices;
    this.theme = theme;
    this.uiThread = uiThread;
  }

  @Override
  public void show(Failure failure) {
    uiThread.execute(() -> notices.show(failure));
  }

  @Override
  public void notify(String sentence) {
    uiThread.execute(() -> notices.say(sentence));
  }

  @Override
  public void offer(String sentence, String actionName, Runnable action) {
    uiThread.execute(() -> notices.tell(sentence, false, new Notices.Act(actionName, action)));
  }

  @Override
  public boolean confirm(String question, String actionName) {
    var act = new ButtonType(actionName, ButtonBar.ButtonData.OK_DONE);
    var cancel = new ButtonType(Messages.text("dialog.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    var alert = new Alert(Alert.AlertType.NONE, question, cancel, act);
    alert.initOwner(owner);
    alert.setTitle(actionName);
    var sheets = alert.getDialogPane().getStylesheets();
    theme.dress(sheets);
    try {
      return alert.showAndWait().filter(act::equals).isPresent();
    } finally {
      theme.undress(sheets);
    }
  }

  @Override
  public Optional<Path> chooseFolder(String title) {
    var chooser = new DirectoryChooser();
    chooser.setTitle(title);
    return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
  }

  @Override
  public Optional<Path> chooseFile(String title, String... globs) {
    var chooser = new FileChooser();
    chooser.setTitle(title);
    if (globs.length > 0) {
      chooser
          .getExtensionFilters()
          .add(new FileChooser.ExtensionFilter(String.join(", ", globs), List.of(globs)));
    }
    return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
  }
}
