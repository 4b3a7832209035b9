package org.adapterstudio.app.runs;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.adapterstudio.app.ui.Messages;

/** What keys and the menu do to the chosen runs: each act once, with its key beside it. */
final class RunsKeys {
  private final RunsViewModel model;
  private final TableView<RunLine> table;
  private final List<Act> acts = new ArrayList<>();
  private ContextMenu menu;

  /** One thing to do; it is offered only where so many runs are chosen. */
  private record Act(String key, KeyCombination keys, int least, int most, Runnable doing) {
    boolean fits(int chosen) {
      return chosen >= least && chosen <= most;
    }
  }

  RunsKeys(RunsViewModel model, TableView<RunLine> table, Node search, AboutStrip strip) {
    this.model = model;
    this.table = table;
    int any = Integer.MAX_VALUE;
    RunActs doing = model.acts();
    act("runs.act.open", key(KeyCode.ENTER), 1, 1, () -> model.open(chosen().getFirst()));
    act("runs.act.compare", control(KeyCode.D), 2, 8, this::compare);
    act("runs.act.name", key(KeyCode.F2), 1, 1, () -> name(strip));
    act("runs.act.tags", key(KeyCode.T), 1, any, () -> tags(strip));
    act("runs.act.note", key(KeyCode.N), 1, 1, () -> note(strip));
    act("runs.act.archive", key(KeyCode.A), 1, any, () -> archive(doing));
    act("runs.act.delete", key(KeyCode.DELETE), 1, any, () -> doing.delete(chosen()));
    act("runs.act.undo", control(KeyCode.Z), 0, any, doing::undo);
    act("runs.act.search", key(KeyCode.SLASH), 0, any, search::requestFocus);
  }

  private void act(String name, KeyCombination keys, int least, int most, Runnable doing) {
    acts.add(new Act(name, keys, least, most, doing));
  }

  private static KeyCombination key(KeyCode code) {
    return new KeyCodeCombination(code);
  }

  private static KeyCombination control(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  /** A key pressed in the table. */
  void press(KeyEvent event) {
    int chosen = chosen().size();
    for (Act act : acts) {
      if (act.keys().match(event) && act.fits(chosen)) {
        act.doing().run();
        event.consume();
        return;
      }
    }
  }

  /** What can be done to the chosen runs; one menu for all rows. */
  ContextMenu menu() {
    if (menu != null) {
      menu.hide();
    }
    menu = new ContextMenu();
    int chosen = chosen().size();
    for (Act act : acts) {
      if (act.key().equals("runs.act.undo")) {
        break; // the rest is not about chosen runs
      }
      if (act.key().equals("runs.act.name") || act.key().equals("runs.act.archive")) {
        menu.getItems().add(new SeparatorMenuItem());
      }
      menu.getItems().add(item(act, chosen));
    }
    return menu;
  }

  private MenuItem item(Act act, int chosen) {
    boolean back = act.key().equals("runs.act.archive") && allArchived();
    var item = new MenuItem(Messages.text(back ? "runs.act.unarchive" : act.key()));
    item.setAccelerator(act.keys());
    item.setDisable(!act.fits(chosen));
    item.setOnAction(_ -> act.doing().run());
    return item;
  }

  /** Shows the chosen runs beside each other. */
  void compare() {
    model.compare(chosen());
  }

  private List<RunLine> chosen() {
    return List.copyOf(table.getSelectionModel().getSelectedItems());
  }

  private boolean allArchived() {
    return !chosen().isEmpty() && chosen().stream().allMatch(line -> line.row().about().archived());
  }

  private void archive(RunActs doing) {
    doing.archive(chosen(), !allArchived());
  }

  private void name(AboutStrip strip) {
    RunLine line = chosen().getFirst();
    strip.ask(
        Messages.text("runs.ask.name", line.run().name()),
        line.row().name(),
        text -> model.acts().rename(line, text));
  }

  private void note(AboutStrip strip) {
    RunLine line = chosen().getFirst();
    strip.ask(
        Messages.text("runs.ask.note", line.row().name()),
        line.row().about().note(),
        text -> model.acts().note(line, text));
  }

  private void tags(AboutStrip strip) {
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
