package org.adapterstudio.app.train;

import java.io.File;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.recipe.Recipe;

/** The training form: five cards that fold, and what will run beside them. */
public final class TrainView implements View {
  private static final int PAUSE = 300;
  private final TrainViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<CardName, FoldCard> folds = new EnumMap<>(CardName.class);
  private final PlanPanel plan;
  private final DataPanel data;
  private final Executor later;
  private MethodBrowser browser;
  private boolean refreshing;
  private final Actions actions = new Actions();
  @FXML private BorderPane root;
  @FXML private Button openRecipe;
  @FXML private Button saveRecipe;
  @FXML private ScrollPane scroll;
  @FXML private VBox cards;
  @FXML private VBox side;

  /** A form at its defaults. */
  public TrainView(Services services) {
    this(
        services,
        CompletableFuture.delayedExecutor(PAUSE, TimeUnit.MILLISECONDS, Platform::runLater));
  }

  /** A form whose questions to the engine wait for the pause that ends a change. */
  TrainView(Services services, Executor later) {
    this.model = new TrainViewModel(services, later);
    this.later = later;
    ViewFactory.load("train.fxml", this);
    plan = new PlanPanel(model, this::start, this::enqueue);
    data = new DataPanel(model);
    side.getChildren().add(plan.root());
    VBox.setVgrow(plan.root(), Priority.ALWAYS);
    var contents = new CardContents(model, this::browse);
    for (CardName name : CardName.values()) {
      var card = new FoldCard(name.ordinal() + 1, name);
      card.add(contents.of(name, data));
      folds.put(name, card);
      cards.getChildren().add(card);
    }
    folds.get(CardName.BASE).setOpen(true);
    folds.get(CardName.DATA).setOpen(true);
    actions
        .on(Action.START, this::start)
        .on(Action.ENQUEUE, this::enqueue)
        .on(Action.SAVE_RECIPE, saveRecipe)
        .on(Action.OPEN_RECIPE, openRecipe)
        .on(Action.METHODS, this::browse, () -> browser == null);
    listen();
    refresh();
  }

  private void listen() {
    subscriptions.on(model.missingProperty(), this::refreshSoon);
    subscriptions.on(model.planProperty(), this::refreshSoon);
    subscriptions.on(model.measuredProperty(), this::refreshSoon);
    subscriptions.on(model.planFailureProperty(), this::refreshSoon);
    subscriptions.on(model.startingProperty(), this::refreshSoon);
    subscriptions.on(model.modelProperty(), this::refreshSoon);
    subscriptions.on(model.taskProperty(), this::refreshData);
    subscriptions.on(model.previewProperty(), this::refreshData);
    subscriptions.on(model.previewFailureProperty(), this::refreshData);
    subscriptions.on(model.previewingProperty(), this::refreshData);
    subscriptions.on(model.columnsProperty(), this::refreshData);
    subscriptions.on(model.form().field("data.format").textProperty(), this::refreshData);
    subscriptions.on(model.revisionProperty(), this::refreshSoon);
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
    subscriptions.close();
    model.close();
  }

  /** Fills the form from a draft; null keeps what is there. */
  public void load(Recipe draft) {
    if (draft != null && browser != null) {
      cards();
    }
    model.load(draft);
    boolean complete = model.missingProperty().get() == null;
    folds.get(CardName.BASE).setOpen(!complete || draft == null);
  }

  /** What the form holds. */
  TrainViewModel model() {
    return model;
  }

  /** Opens or folds a card. */
  void open(CardName card, boolean open) {
    folds.get(card).setOpen(open);
  }

  /** Puts all methods in the place of the cards until one is chosen. */
  void browse() {
    var methods = new MethodBrowserViewModel(model.services(), later, model.form(), model.family());
    browser = new MethodBrowser(methods, this::cards);
    root.setCenter(browser.root());
    root.setRight(null); // it tells of the form, and two methods need the room
    browser.focus();
  }

  private void cards() {
    browser = null;
    root.setCenter(scroll);
    root.setRight(side);
    cards.requestFocus();
  }

  /** Where a method is being chosen; null while none is. */
  MethodBrowser browser() {
    return browser;
  }

  /** Many changes of one moment lead to one refresh. */
  private void refreshSoon() {
    if (!refreshing) {
      refreshing = true;
      Platform.runLater(this::refresh);
    }
  }

  private void refreshData() {
    data.refresh();
    refreshSoon();
  }

  private void refresh() {
    refreshing = false;
    model.missingProperty().get(); // read, so that its next change is heard
    folds.forEach((name, card) -> card.show(Sentences.of(name, model), model.complete(name)));
    plan.refresh();
  }

  private void start() {
    whenComplete(model::start);
  }

  private void enqueue() {
    whenComplete(model::enqueue);
  }

  /** Does it, or shows what is missing. */
  private void whenComplete(Runnable act) {
    Missing missing = model.missingProperty().get();
    if (missing == null) {
      act.run();
      return;
    }
    FoldCard card = folds.get(missing.card());
    card.setOpen(true);
    Platform.runLater(() -> scrollTo(card));
  }

  private void scrollTo(FoldCard card) {
    double room = cards.getHeight() - scroll.getViewportBounds().getHeight();
    scroll.setVvalue(room <= 0 ? 0 : card.getBoundsInParent().getMinY() / room);
  }

  @FXML
  private void openRecipe() {
    File file = chooser("train.open").showOpenDialog(root.getScene().getWindow());
    if (file != null) {
      model.open(file.toPath());
    }
  }

  @FXML
  private void saveRecipe() {
    FileChooser chooser = chooser("train.save");
    chooser.setInitialFileName("recipe.json");
    File file = chooser.showSaveDialog(root.getScene().getWindow());
    if (file != null) {
      model.save(file.toPath());
    }
  }

  private static FileChooser chooser(String title) {
    var chooser = new FileChooser();
    chooser.setTitle(Messages.text(title));
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("JSON", "*.json"));
    return chooser;
  }
}
