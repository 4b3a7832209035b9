package org.adapterstudio.app.lineage;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.RunTree;
import org.adapterstudio.contract.run.seal.SealDifference;
import org.adapterstudio.contract.run.seal.Verification;

/** Parent, checkpoints, branches and seal of a run, beside its charts. */
public final class FamilyView implements View {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm");
  private final FamilyViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  @FXML private ScrollPane root;
  @FXML private VBox parent;
  @FXML private VBox checkpoints;
  @FXML private VBox branches;
  @FXML private Label seal;
  @FXML private Button verify;
  @FXML private VBox differences;

  /** A part that shows what its model reads. */
  public FamilyView(Services services, RunFolder run) {
    this.model = new FamilyViewModel(services, run);
    ViewFactory.load("family.fxml", this);
    subscriptions.now(model.familyProperty(), this::show);
    subscriptions.now(model.verificationProperty(), this::show);
    subscriptions.now(
        model.busyProperty(),
        busy -> {
          verify.setDisable(busy);
          verify.setText(Messages.text(busy ? "family.verifying" : "family.verify"));
        });
    root.sceneProperty().addListener((_, _, scene) -> refreshIfShown());
  }

  /** The part as a tab of its own. */
  public Tab tab() {
    return new Tab(Messages.text("family.tab"), root);
  }

  /** Reads again where the part is on screen. */
  public void refreshIfShown() {
    if (root.getScene() != null) {
      model.refresh();
    }
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

  private void show(Family family) {
    if (family == null) {
      return;
    }
    fill(
        parent,
        family.origin().map(origin -> origin(origin, family)).stream().toList(),
        "family.root");
    family.amendments().forEach(sentence -> parent.getChildren().add(quiet(sentence)));
    fill(
        checkpoints,
        family.checkpoints().stream().map(this::checkpoint).toList(),
        "family.checkpoints.none");
    fill(branches, family.branches().stream().map(this::branch).toList(), "family.branches.none");
    seal.setText(
        family
            .seal()
            .map(
                made ->
                    Messages.text(
                        made.whole() ? "family.sealed" : "family.sealing",
                        time(made.time()),
                        made.files().size()))
            .orElseGet(() -> Messages.text("family.unsealed")));
    verify.setVisible(family.seal().isPresent());
    verify.setManaged(family.seal().isPresent());
  }

  private static void fill(VBox box, List<? extends Node> rows, String none) {
    box.getChildren().setAll(rows);
    if (rows.isEmpty()) {
      box.getChildren().setAll(quiet(Messages.text(none)));
    }
  }

  private Node origin(Origin origin, Family family) {
    String words = Messages.text("family.parent", origin.step(), origin.name());
    if (family.parent().isEmpty()) {
      return quiet(words + " " + Messages.text("family.parent.unknown"));
    }
    return link(words, family.parent().get());
  }

  private Node branch(RunTree.Node node) {
    int step = node.origin().map(Origin::step).orElse(0);
    return link(Messages.text("family.branch", node.run().name(), step), node.run());
  }

  private Node link(String words, RunFolder run) {
    var link = new Hyperlink(words);
    link.setWrapText(true);
    link.getStyleClass().add("family-link");
    link.setOnAction(_ -> model.open(run));
    return link;
  }

  private Node checkpoint(StoredCheckpoint stored) {
    boolean best = stored.bestEvalLoss() != null && stored.bestStep() == stored.step();
    var step = new Label(Messages.text(best ? "family.step.best" : "family.step", stored.step()));
    step.getStyleClass().add("strong");
    var facts = quiet(Formats.file(stored.bytes()) + " \u00b7 " + time(stored.saved()));
    var words = new VBox(step, facts);
    HBox.setHgrow(words, Priority.ALWAYS);
    var act = new Button(Messages.text("family.goOn"));
    act.setAccessibleText(Messages.text("family.goOn.from", stored.step()));
    act.setMinWidth(Button.USE_PREF_SIZE);
    act.setOnAction(
        _ -> ContinueWindow.open(root, model.services(), model.run(), stored.step(), null));
    var row = new HBox(8, words, act);
    row.getStyleClass().add("family-row");
    return row;
  }

  private void show(Verification verification) {
    differences.getChildren().clear();
    if (verification == null) {
      return;
    }
    var verdict = new Label(verification.verdict());
    verdict.setWrapText(true);
    verdict.getStyleClass().add(verification.holds() ? "event-good" : "event-error");
    differences.getChildren().add(verdict);
    for (SealDifference difference : verification.differences()) {
      differences.getChildren().add(quiet(difference.what() + ": " + difference.meaning()));
    }
  }

  private static Label quiet(String text) {
    var label = new Label(text);
    label.getStyleClass().add("muted");
    label.setWrapText(true);
    label.setMinHeight(Label.USE_PREF_SIZE);
    return label;
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  @FXML
  private void verify() {
    model.verify();
  }
}
