package org.adapterstudio.app.preferences;

import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.action.Where;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.theme.Motion;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;

/** The settings page. Every change holds and is written at once. */
public final class PreferencesView implements View {
  private final Subscriptions subscriptions = new Subscriptions();
  private final ThemeService theme;
  private final ShortcutsViewModel model;
  private final Actions actions = new Actions();
  private final List<ShortcutRow> rows = new ArrayList<>();
  private final Parent root;

  @FXML private ToggleButton light;
  @FXML private ToggleButton dark;
  @FXML private ToggleButton system;
  @FXML private ToggleButton motionSystem;
  @FXML private ToggleButton motionFull;
  @FXML private ToggleButton motionReduced;
  @FXML private CheckBox desktop;
  @FXML private Label desktopNone;
  @FXML private TextField shortcutSearch;
  @FXML private VBox shortcuts;
  @FXML private Label nothing;

  /**
   * A page of the window's theme, settings and keys.
   *
   * @param desktopThere whether the system has notices of its own
   */
  public PreferencesView(
      ThemeService theme, SettingsFile settings, KeyBindings keys, boolean desktopThere) {
    this.theme = theme;
    model = new ShortcutsViewModel(keys);
    root = ViewFactory.load("preferences.fxml", this);
    desktop.setSelected(desktopThere && settings.get().desktopNotices());
    desktop.setDisable(!desktopThere);
    desktopNone.setVisible(!desktopThere);
    desktopNone.setManaged(!desktopThere);
    desktop.setOnAction(_ -> settings.update(now -> now.withDesktopNotices(desktop.isSelected())));
    shortcutSearch.textProperty().bindBidirectional(model.query());
    actions.on(Action.SEARCH, shortcutSearch::requestFocus);
    fill();
    subscriptions.now(theme.theme(), this::showTheme);
    subscriptions.now(theme.motion(), this::showMotion);
    subscriptions.on(keys.revision(), _ -> refresh());
    subscriptions.on(model.waiting(), _ -> refresh());
    subscriptions.on(model.problem(), _ -> refresh());
    subscriptions.now(model.query(), _ -> refresh());
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public void close() {
    model.end();
    subscriptions.close();
  }

  @FXML
  private void chooseTheme() {
    theme
        .theme()
        .set(light.isSelected() ? Theme.LIGHT : dark.isSelected() ? Theme.DARK : Theme.SYSTEM);
    showTheme(theme.theme().get());
  }

  @FXML
  private void chooseMotion() {
    theme
        .motion()
        .set(
            motionFull.isSelected()
                ? Motion.FULL
                : motionReduced.isSelected() ? Motion.REDUCED : Motion.SYSTEM);
    showMotion(theme.motion().get());
  }

  @FXML
  private void resetAll() {
    model.resetAll();
  }

  private void fill() {
    for (Where where : Where.values()) {
      var group = new VBox();
      var title = new Label(Messages.text(where.messageKey()));
      title.getStyleClass().add("shortcut-group");
      group.getChildren().add(title);
      for (Action action : Action.values()) {
        if (action.where().iterator().next() == where) {
          var row = new ShortcutRow(model, action);
          rows.add(row);
          group.getChildren().add(row);
        }
      }
      shortcuts.getChildren().add(group);
    }
  }

  private void refresh() {
    rows.forEach(ShortcutRow::refresh);
    for (var group : shortcuts.getChildren()) {
      boolean any = ((VBox) group).getChildren().stream().skip(1).anyMatch(row -> row.isManaged());
      group.setVisible(any);
      group.setManaged(any);
    }
    boolean none = rows.stream().noneMatch(ShortcutRow::isManaged);
    nothing.setText(Messages.text("keys.nothing", shortcutSearch.getText()));
    nothing.setVisible(none);
    nothing.setManaged(none);
  }

  private void showTheme(Theme chosen) {
    light.setSelected(chosen == Theme.LIGHT);
    dark.setSelected(chosen == Theme.DARK);
    system.setSelected(chosen == Theme.SYSTEM);
  }

  private void showMotion(Motion chosen) {
    motionSystem.setSelected(chosen == Motion.SYSTEM);
    motionFull.setSelected(chosen == Motion.FULL);
    motionReduced.setSelected(chosen == Motion.REDUCED);
  }
}
