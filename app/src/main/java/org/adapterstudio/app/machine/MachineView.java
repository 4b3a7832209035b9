package org.adapterstudio.app.machine;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Cells;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Machine;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;

/** The screen of engine, LibTorch and devices. */
public final class MachineView implements View {
  private final MachineViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  @FXML private Parent root;
  @FXML private HBox wait;
  @FXML private Label waiting;
  @FXML private Label problem;
  @FXML private VBox cards;
  @FXML private GridPane engine;
  @FXML private FlowPane devices;
  @FXML private Label cudaState;
  @FXML private VBox tried;

  /** A screen that asks the engine when it is shown. */
  public MachineView(Services services) {
    model = new MachineViewModel(services);
    ViewFactory.load("machine.fxml", this);
    subscriptions.now(model.waitingProperty(), this::await);
    subscriptions.now(model.failureProperty(), this::fail);
    subscriptions.now(model.runtimeProperty(), this::show);
    model.ask();
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void close() {
    subscriptions.close();
    model.close();
  }

  @FXML
  private void refresh() {
    model.ask();
  }

  private void await(String what) {
    waiting.setText(what);
    shown(wait, !what.isEmpty());
  }

  private void fail(Failure failure) {
    problem.setText(failure == null ? "" : failure.text());
    shown(problem, failure != null);
  }

  private void show(Reply.Runtime runtime) {
    shown(cards, runtime != null);
    if (runtime == null) {
      return;
    }
    engine.getChildren().clear();
    fact("machine.engine.version", runtime.version());
    fact("machine.engine.process", Long.toString(runtime.pid()));
    fact("machine.engine.libtorch", Devices.libtorch(runtime));
    fact("machine.engine.source", Devices.source(runtime));
    fact("machine.engine.folder", runtime.library()).getStyleClass().add("mono");
    devices.getChildren().clear();
    for (String device : Devices.found(runtime)) {
      devices.getChildren().add(device(device, runtime));
    }
    cudaState.setText(
        Messages.text(runtime.cudaDevices() > 0 ? "machine.cuda.found" : "machine.cuda.untested"));
    tried.getChildren().setAll(Devices.tried(runtime).stream().map(MachineView::wrapped).toList());
  }

  private Label fact(String key, String value) {
    var name = new Label(Messages.text(key));
    name.getStyleClass().add("muted");
    name.setMinWidth(Label.USE_PREF_SIZE);
    Label text = wrapped(value);
    engine.addRow(engine.getRowCount(), name, text);
    return text;
  }

  private static Node device(String name, Reply.Runtime runtime) {
    boolean processor = name.equals("cpu");
    var title = new Label(name);
    title.getStyleClass().add("metric-value");
    var facts =
        new Label(
            processor
                ? Messages.text(
                    "machine.device.cpu", runtime.threads(), Formats.memory(Machine.memoryTotal()))
                : Messages.text("machine.device.cuda"));
    facts.getStyleClass().add("metric-label");
    var badge =
        processor
            ? Cells.Badge.ok(Messages.text("machine.device.tested"), "")
            : Cells.Badge.warn(Messages.text("machine.device.untested"), "");
    var head = new HBox(8, title, badge.node());
    head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    var box = new VBox(head, facts);
    box.getStyleClass().add("metric");
    return box;
  }

  private static Label wrapped(String text) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Label.USE_PREF_SIZE);
    return label;
  }

  private static void shown(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
