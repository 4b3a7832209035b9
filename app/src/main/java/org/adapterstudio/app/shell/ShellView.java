package org.adapterstudio.app.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.theme.ThemeService;
import org.adapterstudio.app.ui.KeyboardDividers;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.kordamp.ikonli.javafx.FontIcon;

/** The window's frame: binds rail, bars, drawer and overlays to their view models. */
public final class ShellView implements View {
  private final Subscriptions subscriptions = new Subscriptions();
  private final ShellViewModel model;
  private final PlaceHost host;
  private final PaletteViewModel palette;
  private final ThemeService theme;
  private final Parent root;
  private final Drawer drawer;
  private final KeyBindings keys;
  private final Runnable openRuns;
  private final Actions frame = new Actions();
  private View shown;

  @FXML private StackPane shell;
  @FXML private HBox crumbs;
  @FXML private Button themeButton;
  @FXML private FontIcon themeIcon;
  @FXML private ToggleButton library;
  @FXML private ToggleButton train;
  @FXML private ToggleButton runs;
  @FXML private ToggleButton queue;
  @FXML private ToggleButton machine;
  @FXML private ToggleButton settings;
  @FXML private Button search;
  @FXML private Label searchKeys;
  @FXML private ToggleButton chat;
  @FXML private StackPane floor;
  @FXML private SplitPane split;
  @FXML private StackPane content;
  @FXML private Button engine;
  @FXML private FontIcon engineIcon;
  @FXML private Button running;
  @FXML private Button memory;
  @FXML private Button disk;
  @FXML private FontIcon diskIcon;
  @FXML private VBox notices;
  @FXML private StackPane overlay;
  @FXML private StackPane drop;

  /** A frame around the places of a host; {@link #close} closes them too. */
  ShellView(
      ShellViewModel model,
      PlaceHost host,
      PaletteViewModel palette,
      StatusViewModel status,
      Notices messages,
      ThemeService theme,
      KeyBindings keys,
      Runnable openRuns) {
    this.model = model;
    this.host = host;
    this.palette = palette;
    this.theme = theme;
    this.keys = keys;
    this.openRuns = openRuns;
    root = ViewFactory.load("shell.fxml", this);
    subscriptions.add(new PaletteView(palette, overlay)::close);
    subscriptions.add(host::close);
    KeyboardDividers.install(split);
    drawer = new Drawer(floor, split);
    subscriptions.add(drawer::close);
    new NoticesView(messages, notices);
    chat.selectedProperty().bindBidirectional(model.chatOpen());
    exists(library, host.has(Place.LIBRARY));
    exists(train, host.has(Place.TRAIN));
    exists(runs, host.has(Place.RUNS));
    exists(queue, host.has(Place.QUEUE));
    exists(machine, host.has(Place.MACHINE));
    exists(settings, host.has(Place.SETTINGS));
    exists(chat, host.hasChat());
    subscriptions.now(model.crumbs(), this::showCrumbs);
    subscriptions.now(model.stop(), this::show);
    hints();
    subscriptions.now(model.draft(), this::load);
    subscriptions.now(model.chatOpen(), this::showChat);
    subscriptions.on(model.chatTarget(), this::openChat);
    subscriptions.now(theme.theme(), this::showTheme);
    subscriptions.now(status.reading(), this::showStatus);
  }

  @Override
  public Parent root() {
    return root;
  }

  /** What can be done on the screen that is shown. */
  Actions shownActions() {
    return shown.actions();
  }

  /** The layer that shows where a dragged file would be dropped. */
  Node dropLayer() {
    return drop;
  }

  /** The layer of the palette and the list of shortcuts. */
  StackPane overlay() {
    return overlay;
  }

  @Override
  public void close() {
    subscriptions.close();
  }

  @FXML
  private void openPalette() {
    palette.open().set(true);
  }

  @FXML
  private void nextTheme() {
    theme.theme().set(theme.theme().get().next());
  }

  @FXML
  private void goLibrary() {
    model.showLibrary();
    mark(model.stop().get().place());
  }

  @FXML
  private void goTrain() {
    model.showTrain(null);
    mark(model.stop().get().place());
  }

  @FXML
  private void goMachine() {
    model.showMachine();
    mark(model.stop().get().place());
  }

  @FXML
  private void openRuns() {
    openRuns.run();
  }

  @FXML
  private void goSettings() {
    model.showSettings();
    mark(model.stop().get().place());
  }

  @FXML
  private void goQueue() {
    model.showQueue();
    mark(model.stop().get().place());
  }

  @FXML
  private void goRuns() {
    model.showRuns();
    mark(model.stop().get().place());
  }

  private void show(ShellViewModel.Stop stop) {
    mark(stop.place());
    shown = host.show(stop);
    content.getChildren().setAll(shown.root());
    KeyHints.show(shown.actions(), keys);
  }

  private void hints() {
    frame
        .hint(Action.PALETTE, search)
        .hint(Action.LIBRARY, library)
        .hint(Action.TRAIN, train)
        .hint(Action.RUNS, runs)
        .hint(Action.QUEUE, queue)
        .hint(Action.MACHINE, machine)
        .hint(Action.SETTINGS, settings)
        .hint(Action.CHAT, chat);
    subscriptions.now(keys.revision(), this::showKeys);
  }

  private void showKeys(Number revision) {
    KeyHints.show(frame, keys);
    KeyHints.show(shown.actions(), keys);
    searchKeys.setText(keys.text(Action.PALETTE));
    exists(searchKeys, !searchKeys.getText().isEmpty());
  }

  private void mark(Place place) {
    library.setSelected(place == Place.LIBRARY);
    train.setSelected(place == Place.TRAIN);
    runs.setSelected(place == Place.RUNS || place == Place.RUN || place == Place.COMPARE);
    queue.setSelected(place == Place.QUEUE);
    machine.setSelected(place == Place.MACHINE);
    settings.setSelected(place == Place.SETTINGS);
  }

  private static void exists(Node button, boolean built) {
    button.setVisible(built);
    button.setManaged(built);
  }

  private void load(org.adapterstudio.contract.recipe.Recipe draft) {
    if (draft != null) {
      host.load(model.takeDraft());
    }
  }

  private void showChat(boolean open) {
    if (open) {
      drawer.open((Region) host.chat().view().root());
    } else {
      drawer.close();
    }
  }

  private void openChat(ShellViewModel.ChatTarget target) {
    host.chat().open().accept(target.model(), target.adapter());
  }

  private void showCrumbs() {
    crumbs.getChildren().clear();
    for (ShellViewModel.Crumb crumb : model.crumbs()) {
      if (!crumbs.getChildren().isEmpty()) {
        crumbs.getChildren().add(styled(new Label("/"), "crumb"));
      }
      crumbs.getChildren().add(crumb.go() == null ? here(crumb) : link(crumb));
    }
  }

  private static Node here(ShellViewModel.Crumb crumb) {
    return styled(new Label(crumb.text()), "crumb-here");
  }

  private static Node link(ShellViewModel.Crumb crumb) {
    var link = new Hyperlink(crumb.text());
    link.setOnAction(_ -> crumb.go().run());
    return styled(link, "crumb-link");
  }

  private static Node styled(Node node, String style) {
    node.getStyleClass().add(style);
    return node;
  }

  private void showTheme(Theme chosen) {
    String tip = Messages.text("top.theme.tip", Messages.text("theme." + chosen.key()));
    themeButton.setTooltip(new Tooltip(tip));
    themeButton.setAccessibleText(tip);
    themeIcon.setIconLiteral(
        switch (chosen) {
          case LIGHT -> "fth-sun";
          case DARK -> "fth-moon";
          case SYSTEM -> "fth-monitor";
        });
  }

  private void showStatus(StatusViewModel.Reading reading) {
    if (reading == null) {
      return;
    }
    engine.setText(reading.engineText());
    running.setText(reading.runsText());
    memory.setText(reading.memoryText());
    disk.setText(reading.diskText());
    disk.getStyleClass().remove("status-bad");
    if (reading.diskLow()) {
      disk.getStyleClass().add("status-bad");
    }
    diskIcon.setIconLiteral(reading.diskLow() ? "fth-alert-triangle" : "fth-hard-drive");
    engine.getStyleClass().removeAll("status-good", "status-bad", "status-plain");
    switch (reading.engine().phase()) {
      case READY -> engineSign("fth-check-circle", "status-good");
      case STOPPED -> engineSign("fth-alert-circle", "status-bad");
      case STARTING -> engineSign("fth-loader", "status-plain");
      case ASLEEP -> engineSign("fth-power", "status-plain");
    }
  }

  private void engineSign(String icon, String style) {
    engineIcon.setIconLiteral(icon);
    engine.getStyleClass().add(style);
  }
}
