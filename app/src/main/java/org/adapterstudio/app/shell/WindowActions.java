package org.adapterstudio.app.shell;

import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;

/** What keys and palette can do to the whole window. */
final class WindowActions {
  private final Wiring wiring;

  WindowActions(Wiring wiring) {
    this.wiring = wiring;
  }

  /** The keys of every place. */
  Shortcuts shortcuts() {
    var keys = new Shortcuts();
    ShellViewModel shell = wiring.shell();
    keys.control(KeyCode.K, this::togglePalette);
    keys.control(KeyCode.N, this::newRun);
    keys.control(KeyCode.O, this::open);
    keys.control(KeyCode.PERIOD, this::stopRun);
    keys.function(KeyCode.F1, this::help);
    keys.bare(KeyCode.DIGIT1, shell::showLibrary);
    keys.bare(KeyCode.DIGIT2, () -> shell.showTrain(null));
    keys.bare(KeyCode.DIGIT3, shell::showRuns);
    keys.bare(KeyCode.DIGIT4, shell::showMachine);
    keys.bare(KeyCode.ESCAPE, this::closeTop);
    return keys;
  }

  /** An empty training form. */
  void newRun() {
    wiring.shell().showTrain(new Recipe(Recipe.VERSION, null, null, null, null, null, null));
  }

  /** Asks for a folder and opens whatever it is. */
  void open() {
    wiring
        .services()
        .dialogs()
        .chooseFolder(Messages.text("action.open"))
        .ifPresent(wiring.opening()::open);
  }

  /** Asks for a folder and adds it to the library. */
  void addFolder() {
    wiring
        .services()
        .dialogs()
        .chooseFolder(Messages.text("action.addFolder"))
        .ifPresent(wiring.library()::add);
  }

  /** Opens the chat drawer, or closes it. */
  void toggleChat() {
    var open = wiring.shell().chatOpen();
    open.set(!open.get());
  }

  /** Asks whether the run on screen should save and stop. */
  void stopRun() {
    RunFolder run = wiring.shell().stop().get().run();
    if (run == null || !EngineLock.held(run)) {
      return;
    }
    DialogService dialogs = wiring.services().dialogs();
    if (dialogs.confirm(Messages.text("stop.question", run.name()), Messages.text("stop.action"))) {
      run.send(new Command.Stop());
    }
  }

  /** Shows the list of shortcuts, or takes it away. */
  void help() {
    StackPane overlay = wiring.view().overlay();
    boolean shown = overlay.getChildren().stream().anyMatch(HelpCard.class::isInstance);
    wiring.palette().open().set(false);
    overlay.setVisible(!shown);
    if (shown) {
      overlay.getChildren().clear();
    } else {
      overlay.getChildren().setAll(new HelpCard());
    }
  }

  private void togglePalette() {
    var open = wiring.palette().open();
    open.set(!open.get());
  }

  private void closeTop() {
    StackPane overlay = wiring.view().overlay();
    if (overlay.isVisible()) {
      wiring.palette().open().set(false);
      overlay.getChildren().clear();
      overlay.setVisible(false);
    } else {
      wiring.shell().chatOpen().set(false);
    }
  }
}
