package org.adapterstudio.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.StackPane;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.recipe.Recipe;

/** What keys and palette can do to the whole window. */
final class WindowActions {
  private final Wiring wiring;
  private final Actions actions = new Actions();

  WindowActions(Wiring wiring) {
    this.wiring = wiring;
    ShellViewModel shell = wiring.shell();
    actions
        .on(Action.PALETTE, this::togglePalette)
        .on(Action.LIBRARY, shell::showLibrary)
        .on(Action.TRAIN, () -> shell.showTrain(null))
        .on(Action.RUNS, shell::showRuns)
        .on(Action.QUEUE, shell::showQueue)
        .on(Action.MACHINE, shell::showMachine)
        .on(Action.SETTINGS, shell::showSettings)
        .on(Action.NEW_RUN, this::newRun)
        .on(Action.OPEN, this::open)
        .on(Action.ADD_FOLDER, this::addFolder)
        .on(Action.CHAT, this::toggleChat)
        .on(Action.THEME_LIGHT, () -> wear(Theme.LIGHT))
        .on(Action.THEME_DARK, () -> wear(Theme.DARK))
        .on(Action.THEME_SYSTEM, () -> wear(Theme.SYSTEM))
        .on(Action.HELP, this::help);
  }

  /** What can be done now: on the screen that is shown first, then in the window. */
  List<Actions> offered() {
    var all = new ArrayList<Actions>();
    all.add(wiring.view().shownActions());
    all.add(actions);
    return all;
  }

  /** The keys of every place. */
  Shortcuts shortcuts() {
    return new Shortcuts(
        wiring.keys(), this::offered, () -> wiring.view().overlay().isVisible(), this::closeTop);
  }

  /** Shows what the keys do here, or takes the list away. */
  void help() {
    StackPane overlay = wiring.view().overlay();
    boolean shown = overlay.getChildren().stream().anyMatch(HelpCard.class::isInstance);
    wiring.palette().open().set(false);
    overlay.setVisible(!shown);
    if (shown) {
      overlay.getChildren().clear();
    } else {
      var focused = overlay.getScene() == null ? null : overlay.getScene().getFocusOwner();
      overlay.getChildren().setAll(new HelpCard(offered(), wiring.keys(), focused));
    }
  }

  private void newRun() {
    wiring.shell().showTrain(new Recipe(Recipe.VERSION, null, null, null, null, null, null));
  }

  private void open() {
    wiring
        .services()
        .dialogs()
        .chooseFolder(Messages.text("act.open"))
        .ifPresent(wiring.opening()::open);
  }

  private void addFolder() {
    wiring
        .services()
        .dialogs()
        .chooseFolder(Messages.text("act.add_folder"))
        .ifPresent(wiring.library()::add);
  }

  private void toggleChat() {
    var open = wiring.shell().chatOpen();
    open.set(!open.get());
  }

  private void wear(Theme theme) {
    wiring.theme().theme().set(theme);
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
