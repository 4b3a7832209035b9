package org.adapterstudio.app.run;

import java.time.InstantSource;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.lineage.ContinueWindow;
import org.adapterstudio.app.lineage.FamilyView;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.SystemFolderWindow;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.lineage.Continuation;

/** The screen of one run: head, failure card, charts, tabs. */
public final class RunView implements View {
  /** Width in px below which some buttons show their icon alone. */
  private static final double NARROW = 1000;

  private final Services services;
  private final RunViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Timeline clock;
  private final Actions actions = new Actions();
  @FXML private BorderPane root;
  @FXML private Label name;
  @FXML private Label state;
  @FXML private SplitMenuButton stop;
  @FXML private Button pause;
  @FXML private Button goOn;
  @FXML private Button save;
  @FXML private Button resume;
  @FXML private Button extend;
  @FXML private Button branch;
  @FXML private Button chat;
  @FXML private Button again;
  @FXML private Button compare;
  @FXML private Button folder;
  @FXML private Label steps;
  @FXML private ProgressBar progress;
  @FXML private Label percent;
  @FXML private Label time;
  @FXML private HBox noticeBar;
  @FXML private Label notice;
  @FXML private Button withdraw;
  @FXML private Button endNow;
  @FXML private VBox warnings;
  @FXML private VBox trouble;
  @FXML private Label troubleTitle;
  @FXML private Label troubleSafe;
  @FXML private Label troubleAdvice;
  @FXML private Button troubleAction;
  @FXML private TitledPane troubleFold;
  @FXML private TextArea troubleDetail;

  /** A screen that follows the run until it is closed and forgets how its charts were looked at. */
  public RunView(Services services, RunFolder run) {
    this(services, run, ChartMemory.passing());
  }

  /** A screen that follows the run until it is closed. */
  public RunView(Services services, RunFolder run, ChartMemory charted) {
    this.services = services;
    this.model = new RunViewModel(services, run, InstantSource.system());
    ViewFactory.load("run.fxml", this);
    var charts = new RunCharts(model, charted, subscriptions);
    var tabs = new RunTabs(model, subscriptions);
    tabs.root().getTabs().add(new RanksTab(model.ranks(), subscriptions).tab());
    showFamily(tabs);
    root.setCenter(charts.root());
    root.setRight(tabs.root());
    tabs.root().prefWidthProperty().bind(root.widthProperty().multiply(0.27));
    BorderPane.setMargin(tabs.root(), new Insets(0, 0, 0, 16));
    actions
        .on(Action.STOP, stop)
        .on(Action.SAVE_NOW, save)
        .on(Action.RESUME, resume)
        .on(Action.EXTEND, extend)
        .on(Action.CONTINUE, branch)
        .on(Action.TRY_IN_CHAT, chat)
        .on(Action.TRAIN_AGAIN, again)
        .on(Action.COMPARE, compare)
        .on(Action.OPEN_RUN_FOLDER, folder)
        .on(Action.DIFFERENCES, tabs::onlyDifferences);
    charts.offer(actions);
    subscriptions.now(root.widthProperty(), width -> fold(width.doubleValue()));
    name.setText(run.name());
    name.setTooltip(new Tooltip(run.path().toString()));
    subscriptions.now(model.headerProperty(), this::head);
    new WarningStack(model, warnings, subscriptions);
    subscriptions.now(model.troubleProperty(), this::trouble);
    clock = new Timeline(new KeyFrame(Duration.millis(33), _ -> model.tick()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
    model.poll();
  }

  /** In a narrow window the run's name is worth more than words on buttons with a tooltip. */
  private void fold(double width) {
    var shown = width < NARROW ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
    List.of(save, chat).forEach(button -> button.setContentDisplay(shown));
  }

  /** Where the run comes from and what came from it, read again as checkpoints are saved. */
  private void showFamily(RunTabs tabs) {
    var family = new FamilyView(services, model.run());
    tabs.root().getTabs().add(2, family.tab());
    subscriptions.add(family::close);
    subscriptions.on(model.checkpointsProperty(), _ -> family.refreshIfShown());
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
    clock.stop();
    subscriptions.close();
    model.close();
  }

  /** What the screen shows. */
  RunViewModel model() {
    return model;
  }

  private void head(RunHeader head) {
    StateBadge.show(state, head.state(), head.words());
    shown(state, !head.words().isEmpty());
    steps.setText(head.steps());
    progress.setProgress(head.progress());
    percent.setText(head.progress() < 0 ? "" : Math.round(100 * head.progress()) + " %");
    time.setText(head.time());
    notice.setText(head.notice().text());
    shown(noticeBar, !head.notice().text().isEmpty());
    shown(withdraw, head.notice().canWithdraw());
    shown(endNow, head.notice().canEnd());
    shown(pause, head.canPause());
    shown(goOn, head.canGoOn());
    shown(stop, head.canStop());
    shown(save, head.canSave());
    shown(resume, !head.resume().isEmpty() && model.troubleProperty().get() == null);
    resume.setText(head.resume());
    troubleAction.setText(head.resume());
    shown(troubleAction, !head.resume().isEmpty());
    shown(extend, head.state() == RunState.FINISHED);
    shown(chat, head.chats());
    chat.setDisable(!head.canTry());
  }

  private void trouble(Trouble now) {
    shown(trouble, now != null);
    shown(resume, now == null && !model.headerProperty().get().resume().isEmpty());
    if (now != null && !now.title().equals(troubleTitle.getText())) {
      troubleTitle.setText(now.title());
      troubleDetail.setText(now.detail());
    }
    if (now != null) {
      troubleSafe.setText(now.safe());
      troubleAdvice.setText(now.advice());
      shown(troubleAdvice, !now.advice().isEmpty());
      shown(troubleFold, !now.detail().isEmpty());
    }
  }

  private static void shown(javafx.scene.Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void pause() {
    model.controls().pause();
  }

  @FXML
  private void goOn() {
    model.controls().goOn();
  }

  @FXML
  private void stop() {
    model.controls().stop();
  }

  @FXML
  private void stopAfterEpoch() {
    model.controls().stopAfterEpoch();
  }

  @FXML
  private void discard() {
    model.controls().discard();
  }

  @FXML
  private void keepRunning() {
    model.controls().keepRunning();
  }

  @FXML
  private void endNow() {
    model.controls().endNow();
  }

  @FXML
  private void saveNow() {
    model.controls().saveNow();
  }

  @FXML
  private void resume() {
    model.resume();
  }

  @FXML
  private void extend() {
    ContinueWindow.open(root, services, model.run(), null, Continuation.Kind.EXTEND);
  }

  @FXML
  private void continueFrom() {
    ContinueWindow.open(root, services, model.run(), null, null);
  }

  @FXML
  private void tryInChat() {
    model.tryInChat();
  }

  @FXML
  private void trainAgain() {
    model.trainAgain();
  }

  @FXML
  private void compareWith() {
    services.navigator().showCompare(List.of(model.run()));
  }

  @FXML
  private void openFolder() {
    services
        .background()
        .execute(
            () -> {
              if (!SystemFolderWindow.open(model.run().path())) {
                services
                    .uiThread()
                    .execute(
                        () ->
                            services
                                .dialogs()
                                .notify(Messages.text("run.folder.none", model.run().path())));
              }
            });
  }

  @FXML
  private void copyReport() {
    var content = new ClipboardContent();
    content.putString(model.report());
    Clipboard.getSystemClipboard().setContent(content);
  }
}
