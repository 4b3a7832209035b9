package org.adapterstudio.app.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Navigator;
import org.adapterstudio.contract.run.RunFolder;
import org.controlsfx.control.PopOver;

/** The runs at work, in a pop-over above the status bar; each leads to its own view. */
final class RunningPopOver {
  private final Navigator navigator;
  private final PopOver popOver = new PopOver();
  private final VBox list = new VBox(4);

  RunningPopOver(Navigator navigator, ThemeService theme) {
    this.navigator = navigator;
    theme.dress(popOver.getRoot().getStylesheets());
    list.getStyleClass().add("running-list");
    popOver.setArrowLocation(PopOver.ArrowLocation.BOTTOM_LEFT);
    popOver.setDetachable(false);
    popOver.setAnimated(false);
    popOver.setContentNode(list);
  }

  /** Opens above a node, or closes where it is open. */
  void toggle(Node owner, List<RunFolder> running) {
    if (popOver.isShowing()) {
      popOver.hide();
      return;
    }
    list.getChildren().setAll(running.stream().map(this::link).toList());
    if (running.isEmpty()) {
      list.getChildren().add(all());
    }
    popOver.show(owner, 4);
  }

  /** Closes. */
  void hide() {
    popOver.hide();
  }

  private Hyperlink link(RunFolder run) {
    return go(run.name(), () -> navigator.showRun(run));
  }

  private Node all() {
    var nothing = new Label(Messages.text("status.runs.none"));
    nothing.getStyleClass().add("muted");
    return new VBox(4, nothing, go(Messages.text("status.runs.all"), navigator::showRuns));
  }

  private Hyperlink go(String text, Runnable action) {
    var link = new Hyperlink(text);
    link.setOnAction(
        _ -> {
          popOver.hide();
          action.run();
        });
    return link;
  }
}
