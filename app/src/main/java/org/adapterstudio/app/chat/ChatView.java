package org.adapterstudio.app.chat;

import atlantafx.base.controls.ToggleSwitch;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.kordamp.ikonli.javafx.FontIcon;

/** The chat drawer's nodes, bound to its view model. */
public final class ChatView implements View {
  private static final int LONGEST_ANSWER = 4096;

  private final Subscriptions subscriptions = new Subscriptions();
  private final ChatViewModel model;
  private final Parent root;

  @FXML private Button close;
  @FXML private Button clear;
  @FXML private ComboBox<Choice> modelBox;
  @FXML private ComboBox<Choice> adapter;
  @FXML private ToggleButton settingsToggle;
  @FXML private FontIcon settingsIcon;
  @FXML private GridPane settings;
  @FXML private Slider temperature;
  @FXML private Label temperatureValue;
  @FXML private Spinner<Integer> maxTokens;
  @FXML private TextField seed;
  @FXML private ToggleSwitch raw;
  @FXML private ScrollPane scroll;
  @FXML private VBox conversation;
  @FXML private VBox empty;
  @FXML private Label emptyText;
  @FXML private VBox samples;
  @FXML private TextArea prompt;
  @FXML private Label missing;
  @FXML private Button stop;
  @FXML private Button send;

  /**
   * A drawer that owns its view model.
   *
   * @param closeDrawer what its close button does
   */
  public ChatView(ChatViewModel model, Runnable closeDrawer) {
    this.model = model;
    root = ViewFactory.load("chat.fxml", this);
    close.setOnAction(_ -> closeDrawer.run());
    bindChoices();
    bindSettings();
    bindConversation();
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
  private void send() {
    model.send();
    prompt.requestFocus();
  }

  @FXML
  private void stop() {
    model.stop();
  }

  @FXML
  private void clear() {
    model.clear();
  }

  private void bindChoices() {
    modelBox.setItems(model.models());
    modelBox.valueProperty().bindBidirectional(model.model());
    adapter.setItems(model.adapters());
    adapter.valueProperty().bindBidirectional(model.adapter());
    subscriptions.add(() -> modelBox.valueProperty().unbindBidirectional(model.model()));
    subscriptions.add(() -> adapter.valueProperty().unbindBidirectional(model.adapter()));
    subscriptions.now(model.samples(), this::showSamples);
    subscriptions.now(model.models(), this::showEmpty);
  }

  private void bindSettings() {
    ChatSettings chosen = model.settings();
    settingsToggle.selectedProperty().bindBidirectional(model.settingsOpen());
    temperature.valueProperty().bindBidirectional(chosen.temperature());
    maxTokens.setValueFactory(
        new SpinnerValueFactory.IntegerSpinnerValueFactory(
            1, LONGEST_ANSWER, chosen.maxTokens().get(), 16));
    maxTokens.valueProperty().subscribe(value -> chosen.maxTokens().set(value));
    seed.setText(Long.toString(chosen.seed().get()));
    seed.focusedProperty().subscribe(this::readSeed);
    seed.setOnAction(_ -> readSeed(false));
    raw.selectedProperty().bindBidirectional(chosen.raw());
    subscriptions.now(model.settingsOpen(), this::foldSettings);
    subscriptions.now(chosen.temperature(), _ -> summarise());
    subscriptions.on(chosen.maxTokens(), _ -> summarise());
    subscriptions.on(chosen.seed(), _ -> summarise());
  }

  private void bindConversation() {
    ListChangeListener<Exchange> changed = this::showExchanges;
    model.exchanges().addListener(changed);
    subscriptions.add(() -> model.exchanges().removeListener(changed));
    subscriptions.now(model.exchanges(), this::showEmpty);
    prompt.textProperty().bindBidirectional(model.prompt());
    prompt.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    subscriptions.add(() -> prompt.textProperty().unbindBidirectional(model.prompt()));
    subscriptions.now(model.missing(), missing::setText);
    subscriptions.now(model.busy(), this::showBusy);
    conversation.heightProperty().subscribe(() -> scroll.setVvalue(1));
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER && !event.isShiftDown()) {
      event.consume();
      model.send();
    }
  }

  /** A seed that is no number falls back to the last one when the field is left. */
  private void readSeed(boolean focused) {
    if (focused) {
      return;
    }
    try {
      model.settings().seed().set(Long.parseLong(seed.getText().strip()));
    } catch (NumberFormatException e) {
      seed.setText(Long.toString(model.settings().seed().get()));
    }
  }

  private void foldSettings(boolean open) {
    show(settings, open);
    settingsIcon.setIconLiteral(open ? "fth-chevron-down" : "fth-chevron-right");
  }

  private void summarise() {
    ChatSettings chosen = model.settings();
    String degree = String.format(Locale.ROOT, "%.1f", chosen.temperature().get());
    temperatureValue.setText(degree);
    settingsToggle.setText(
        Messages.text(
            "chat.settings.summary",
            degree,
            chosen.maxTokens().get(),
            Long.toString(chosen.seed().get())));
  }

  private void showExchanges(ListChangeListener.Change<? extends Exchange> change) {
    while (change.next()) {
      int from = change.getFrom();
      conversation.getChildren().remove(from, from + change.getRemovedSize());
      for (Exchange added : change.getAddedSubList()) {
        conversation
            .getChildren()
            .add(from++, new ExchangeBox(added, model.model().get(), model.adapter().get()));
      }
    }
  }

  private void showEmpty() {
    show(empty, model.exchanges().isEmpty());
    clear.setDisable(model.exchanges().isEmpty());
    emptyText.setText(
        Messages.text(model.models().isEmpty() ? "chat.empty.noModels" : "chat.empty.text"));
  }

  private void showSamples() {
    samples.getChildren().clear();
    if (model.samples().isEmpty()) {
      return;
    }
    var heading = new Label(Messages.text("chat.samples"));
    heading.getStyleClass().add("form-label");
    samples.getChildren().add(heading);
    for (String sample : model.samples()) {
      var button = new Button(sample);
      button.getStyleClass().add("sample");
      button.setOnAction(
          _ -> {
            model.prompt().set(sample);
            model.send();
          });
      samples.getChildren().add(button);
    }
  }

  private void showBusy(boolean busy) {
    show(missing, !busy);
    show(stop, busy);
    show(send, !busy);
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
