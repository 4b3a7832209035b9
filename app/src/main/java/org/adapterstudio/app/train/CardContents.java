package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;

/** Builds what stands on each card of the form. */
final class CardContents {
  private final TrainViewModel model;
  private final TrainForm form;
  private final DialogService dialogs;
  private final Runnable browse;

  CardContents(TrainViewModel model, Runnable browse) {
    this.browse = browse;
    this.model = model;
    this.form = model.form();
    this.dialogs = model.services().dialogs();
  }

  Node[] of(CardName name, DataPanel data) {
    return switch (name) {
      case BASE -> base();
      case DATA -> data(data);
      case METHOD -> method();
      case SCHEDULE -> schedule();
      case OUTPUT -> output();
    };
  }

  private Node[] base() {
    var facts = new Label();
    facts.setWrapText(true);
    model.modelProperty().addListener((_, _, entry) -> facts(facts, entry));
    facts(facts, model.modelProperty().get());
    return new Node[] {
      chosen(
          "train.base.path",
          "train.base.prompt",
          form.modelProperty(),
          () -> dialogs.chooseFolder(Messages.text("train.base.choose"))),
      facts,
      new FieldGrid(baseBoxes())
    };
  }

  private List<FieldBox> baseBoxes() {
    return form.baseFields().stream()
        .map(field -> field.path().equals("model.task") ? TaskBox.of(model) : new FieldBox(field))
        .toList();
  }

  private static void facts(Label label, ModelEntry entry) {
    label.getStyleClass().removeAll("muted", "problem");
    label.setVisible(entry != null);
    label.setManaged(entry != null);
    if (entry == null) {
      return;
    }
    label.getStyleClass().add(entry.supported() ? "muted" : "problem");
    label.setText(entry.supported() ? facts(entry) : problem(entry));
  }

  private static String facts(ModelEntry entry) {
    return Messages.text(
        "train.base.facts",
        ModelFamilies.find(entry.modelType()).orElseThrow().title(),
        Formats.count(entry.parameters()),
        entry.dtype(),
        Formats.file(entry.bytes()));
  }

  private static String problem(ModelEntry entry) {
    return entry.sound() ? ModelFamilies.unknown(entry.modelType()).text() : entry.problem();
  }

  private Node[] data(DataPanel panel) {
    var train = new DataSource("train", form.trainProperty(), dialogs);
    var eval = new DataSource("eval", form.evalProperty(), dialogs);
    model
        .taskProperty()
        .subscribe(
            task -> {
              train.suit(task);
              eval.suit(task);
            });
    var fields =
        form.dataFields().stream()
            .filter(field -> !field.path().equals("data.skip_bad_rows"))
            .toList();
    return new Node[] {train, eval, FieldGrid.of(fields), panel};
  }

  private Node[] method() {
    var name = new Label();
    name.getStyleClass().add("method-name");
    name.textProperty().bind(form.methodProperty().map(MethodCard::title));
    int methods = MethodCatalogue.cards("adapter").size();
    var choose = new Button(Messages.text("train.method.choose", methods));
    choose.setOnAction(_ -> browse.run());
    var line = new HBox(name, choose);
    line.getStyleClass().add("method-line");
    var sentence = new Label();
    sentence.setWrapText(true);
    var formula = new Label();
    formula.getStyleClass().addAll("mono", "muted");
    formula.setWrapText(true);
    var fields = new VBox();
    Runnable show = () -> describe(sentence, formula, fields);
    form.methodFieldsProperty().addListener((_, _, _) -> show.run());
    show.run();
    return new Node[] {line, new VBox(4, sentence, formula), fields, targets()};
  }

  private void describe(Label sentence, Label formula, VBox fields) {
    MethodCard card = form.methodProperty().get();
    sentence.setText(card.sentence());
    formula.setText(
        card.paper().isEmpty() ? card.formula() : card.formula() + "   " + card.paper());
    var boxes =
        form.methodFieldsProperty().get().stream()
            .map(
                field ->
                    field.path().equals(TrainFields.START)
                        ? StartBox.of(field)
                        : new FieldBox(field))
            .toList();
    fields.getChildren().setAll(new FieldGrid(boxes));
  }

  private Node targets() {
    var text = new TextField();
    text.textProperty().bindBidirectional(form.targetsProperty());
    return field("train.method.targets", text, help(Messages.text("train.method.targets.help")));
  }

  private Node[] schedule() {
    var batch = new Label();
    batch.getStyleClass().add("muted");
    Runnable show = () -> batch.setText(batch());
    form.field("training.per_device_train_batch_size")
        .textProperty()
        .addListener((_, _, _) -> show.run());
    form.field("training.gradient_accumulation_steps")
        .textProperty()
        .addListener((_, _, _) -> show.run());
    show.run();
    return new Node[] {
      FieldGrid.of(form.scheduleFields()), field("train.schedule.batch", batch, null)
    };
  }

  private String batch() {
    var training = form.recipe().training();
    return Messages.text(
        "train.schedule.batch.value",
        training.perDeviceTrainBatchSize(),
        training.gradientAccumulationSteps(),
        training.effectiveBatch());
  }

  private Node[] output() {
    var name = new TextField();
    name.textProperty().bindBidirectional(form.nameProperty());
    name.setPromptText(Messages.text("train.output.name.prompt", model.runName()));
    form.modelProperty()
        .addListener(
            (_, _, _) ->
                name.setPromptText(Messages.text("train.output.name.prompt", model.runName())));
    var folder = new Label(model.runs().toString());
    folder.getStyleClass().addAll("mono", "muted");
    folder.setWrapText(true);
    var prompts = new TextArea();
    prompts.setPrefRowCount(3);
    prompts.textProperty().bindBidirectional(form.promptsProperty());
    var asking = help("");
    asking.textProperty().bind(model.taskProperty().map(CardContents::asking).orElse(asking(null)));
    Node asked = field("train.output.prompts", prompts, asking);
    asked.visibleProperty().bind(form.asksProperty());
    asked.managedProperty().bind(form.asksProperty());
    return new Node[] {
      field("train.output.name", name, null),
      field("train.output.folder", folder, null),
      asked,
      FieldGrid.of(form.outputFields())
    };
  }

  private static String asking(MethodCard task) {
    boolean files = task != null && task.task().ofFiles();
    return Messages.text(files ? "train.output.prompts.files" : "train.output.prompts.help");
  }

  private static Node chosen(String label, String prompt, StringProperty text, Choice choice) {
    var field = new TextField();
    field.setPromptText(Messages.text(prompt));
    field.textProperty().bindBidirectional(text);
    field.setAccessibleText(Messages.text(label));
    HBox.setHgrow(field, Priority.ALWAYS);
    var browse = new Button(Messages.text("train.browse"));
    browse.setMinWidth(Button.USE_PREF_SIZE);
    browse.setOnAction(_ -> choice.ask().ifPresent(path -> text.set(path.toString())));
    var line = new HBox(8, field, browse);
    line.setAlignment(Pos.CENTER_LEFT);
    return field(label, line, null);
  }

  private static VBox field(String label, Node control, Node help) {
    var name = new Label(Messages.text(label));
    name.getStyleClass().add("field-label");
    var box = new VBox(name, control);
    if (help != null) {
      box.getChildren().add(help);
    }
    box.getStyleClass().add("field");
    return box;
  }

  private static Label help(String text) {
    var help = new Label(text);
    help.getStyleClass().add("field-help");
    help.setWrapText(true);
    return help;
  }

  /** Asks the person for a path. */
  private interface Choice {
    Optional<Path> ask();
  }
}
