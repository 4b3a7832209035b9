package org.adapterstudio.app.runs;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.Messages;

/** What keys, palette and menu do to the chosen runs. */
final class RunsActions {
  private static final List<Action> MENU =
      List.of(
          Action.OPEN_RUN,
          Action.COMPARE,
          Action.NAME_RUN,
          Action.TAG_RUN,
          Action.NOTE_RUN,
          Action.ARCHIVE_RUN,
          Action.DELETE_RUN);

  private final RunsViewModel model;
  private final TableView<RunLine> table;
  private final AboutStrip strip;
  private final Actions actions = new Actions();
  private ContextMenu menu;

  RunsActions(
      RunsViewModel model,
      TableView<RunLine> table,
      Node search,
      Button compare,
      AboutStrip strip) {
    this.model = model;
    this.table = table;
    this.strip = strip;
    actions
        .on(Action.SEARCH, search::requestFocus, search::isVisible)
        .on(Action.COMPARE, compare)
        .on(Action.OPEN_RUN, () -> model.open(chosen().getFirst()), this::one)
        .on(Action.NAME_RUN, this::name, this::one)
        .on(Action.TAG_RUN, this::tags, this::some)
        .on(Action.NOTE_RUN, this::note, this::one)
        .on(Action.ARCHIVE_RUN, this::archive, this::some)
        .on(Action.DELETE_RUN, () -> model.acts().delete(chosen()), this::some)
        .on(Action.UNDO, model.acts()::undo, () -> model.acts().undoProperty().get() != null);
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
  }

  Actions actions() {
    return actions;
  }

  /** Keys that every list has and that nobody can give away. */
  private void press(KeyEvent event) {
    Action action =
        switch (event.getCode()) {
          case ENTER -> event.isShortcutDown() ? null : Action.OPEN_RUN;
          case DELETE -> Action.DELETE_RUN;
          case Z -> event.isShortcutDown() && !event.isShiftDown() ? Action.UNDO : null;
          default -> null;
        };
    if (action != null) {
      actions.find(action).ifPresent(Runnable::run);
      event.consume();
    }
  }

  /** What can be done to the chosen runs; made anew each time, for words and rights change. */
  ContextMenu menu() {
    if (menu != null) {
      menu.hide();
    }
    menu = new ContextMenu();
    for (Action action : MENU) {
      if (action == Action.NAME_RUN || action == Action.ARCHIVE_RUN) {
        menu.getItems().add(new SeparatorMenuItem());
      }
      boolean back = action == Action.ARCHIVE_RUN && allArchived();
      var item = new MenuItem(Messages.text(back ? "runs.unarchive" : action.messageKey()));
      item.setDisable(actions.find(action).isEmpty());
      item.setOnAction(_ -> actions.find(action).ifPresent(Runnable::run));
      menu.getItems().add(item);
    }
    return menu;
  }

  /** The chosen runs, in the order of the table. */
  List<RunLine> chosen() {
    return List.copyOf(table.getSelectionModel().getSelectedItems());
  }

  private boolean one() {
    return chosen().size() == 1;
  }

  private boolean some() {
    return !chosen().isEmpty();
  }

  private boolean allArchived() {
    return some() && chosen().stream().allMatch(line -> line.row().about().archived());
  }

  private void archive() {
    model.acts().archive(chosen(), !allArchived());
  }

  private void name() {
    RunLine line = chosen().getFirst();
    strip.ask(
        Messages.text("runs.ask.name", line.run().name()),
        line.row().name(),
        text -> model.acts().rename(line, text));
  }

  private void note() {
    RunLine line = chosen().getFirst();
    strip.ask(
        Messages.text("runs.ask.note", line.row().name()),
        line.row().about().note(),
        text -> model.acts().note(line, text));
  }

  private void tags() {
    List<RunLine> lines = chosen();
    String question =
        lines.size() == 1
            ? Messages.text("runs.ask.tags.one", lines.getFirst().row().name())
            : Messages.text("runs.ask.tags.many", lines.size());
    strip.ask(
        question,
        String.join(" ", RunActs.commonTags(lines)),
        text -> model.acts().tag(lines, text));
  }
}
