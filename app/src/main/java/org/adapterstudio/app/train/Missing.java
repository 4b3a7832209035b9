package org.adapterstudio.app.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.serve.Reply;

/**
 * What keeps a run from starting: the Start button says it and leads to the card.
 *
 * @param action what to do, as the button says it
 * @param card where to do it
 */
public record Missing(String action, CardName card) {

  /** Everything that is missing, in the order of the cards. */
  static List<Missing> all(TrainViewModel model) {
    return Stream.of(
            Stream.of(base(model), data(model)), fields(model.form()), Stream.of(plan(model)))
        .flatMap(found -> found)
        .filter(found -> found != null)
        .toList();
  }

  private static Missing base(TrainViewModel model) {
    if (model.form().modelProperty().get().isBlank()) {
      return say("train.missing.base", CardName.BASE);
    }
    var entry = model.modelProperty().get();
    if (entry == null) {
      return null;
    }
    if (!entry.supported()) {
      return say("train.missing.base.other", CardName.BASE);
    }
    MethodCard task = model.taskProperty().get();
    if (task == null) {
      return say("train.missing.task", CardName.BASE);
    }
    boolean suits = TaskCards.suiting(entry.modelType()).contains(task);
    return suits ? null : say("train.missing.task.other", CardName.BASE);
  }

  private static Missing data(TrainViewModel model) {
    String train = model.form().trainProperty().get().strip();
    if (train.isEmpty()) {
      return say("train.missing.data", CardName.DATA);
    }
    if (!there(model, model.services().workingFolder().resolve(train))) {
      return say("train.missing.data.other", CardName.DATA);
    }
    Reply.DataPreviewed preview = model.previewProperty().get();
    boolean unclear = preview != null && DataPanel.unclear(preview);
    if (unclear || model.previewFailureProperty().get() != null) {
      return say("train.missing.data.correct", CardName.DATA);
    }
    boolean skip = model.form().field("data.skip_bad_rows").textProperty().get().equals("true");
    if (preview != null && !preview.badRows().isEmpty() && !skip) {
      String text = Messages.text("train.missing.data.rows", preview.badRows().size());
      return new Missing(text, CardName.DATA);
    }
    return null;
  }

  /** A file of rows, or for tasks whose examples are files of their own a folder as well. */
  private static boolean there(TrainViewModel model, Path source) {
    MethodCard task = model.taskProperty().get();
    boolean rows = task != null && !task.task().ofFiles();
    return rows ? Files.isRegularFile(source) : Files.exists(source);
  }

  private static Stream<Missing> fields(TrainForm form) {
    return Stream.of(
        wrong(form.baseFields(), CardName.BASE),
        wrong(form.dataFields(), CardName.DATA),
        wrong(form.methodFieldsProperty().get(), CardName.METHOD),
        wrong(form.scheduleFields(), CardName.SCHEDULE),
        wrong(form.outputFields(), CardName.OUTPUT));
  }

  private static Missing wrong(List<FormField> fields, CardName card) {
    return fields.stream()
        .filter(field -> field.value() == null)
        .findFirst()
        .map(field -> new Missing(Messages.text("train.missing.field", field.knob().label()), card))
        .orElse(null);
  }

  private static Missing plan(TrainViewModel model) {
    if (model.planFailureProperty().get() != null) {
      return say("train.missing.plan", CardName.METHOD);
    }
    Reply.Planned plan = model.planProperty().get();
    if (plan == null || plan.problems().isEmpty() || !model.form().complete()) {
      return null;
    }
    String path = plan.problems().getFirst().path();
    CardName card =
        switch (path.split("\\.")[0]) {
          case "model" -> CardName.BASE;
          case "data" -> CardName.DATA;
          case "training" -> CardName.SCHEDULE;
          case "sampling" -> CardName.OUTPUT;
          default -> CardName.METHOD;
        };
    return say("train.missing.plan", card);
  }

  private static Missing say(String key, CardName card) {
    return new Missing(Messages.text(key), card);
  }
}
