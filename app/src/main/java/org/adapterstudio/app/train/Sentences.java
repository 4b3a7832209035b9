package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;

/** The form in words: one sentence for each folded card, a few for what will run. */
final class Sentences {
  private Sentences() {}

  static String of(CardName card, TrainViewModel model) {
    Recipe recipe = model.form().recipe();
    return switch (card) {
      case BASE -> base(model, recipe);
      case DATA -> data(model, recipe);
      case METHOD -> method(model, recipe);
      case SCHEDULE -> schedule(recipe);
      case OUTPUT -> Messages.text("train.output.sentence", model.runName(), model.runs());
    };
  }

  private static String base(TrainViewModel model, Recipe recipe) {
    if (recipe.model().path() == null) {
      return Messages.text("train.base.empty");
    }
    var entry = model.modelProperty().get();
    if (entry == null || entry.parameters() == 0) {
      return fileName(recipe.model().path());
    }
    return Messages.text(
        "train.base.sentence",
        entry.name(),
        task(model),
        Formats.count(entry.parameters()),
        entry.dtype(),
        Formats.file(entry.bytes()),
        recipe.model().dtype());
  }

  private static String task(TrainViewModel model) {
    MethodCard task = model.taskProperty().get();
    return task == null ? Messages.text("train.task.none") : task.title();
  }

  private static String data(TrainViewModel model, Recipe recipe) {
    if (recipe.data().train() == null) {
      return Messages.text("train.data.empty");
    }
    Reply.DataPreviewed preview = model.previewProperty().get();
    String file = fileName(recipe.data().train());
    return preview == null
        ? file
        : Messages.text(
            "train.data.sentence",
            file,
            preview.trainRows(),
            preview.evalRows(),
            preview.format().replace('_', ' '));
  }

  static String method(TrainViewModel model, Recipe recipe) {
    Recipe.Adapter adapter = recipe.adapter();
    String title = model.form().methodProperty().get().title();
    boolean ranked =
        model.form().methodFieldsProperty().get().stream()
            .anyMatch(field -> field.path().equals("adapter.rank"));
    return ranked
        ? Messages.text(
            "train.method.sentence",
            title,
            adapter.rank(),
            trimmed(adapter.alpha()),
            String.format(Locale.ROOT, "%.2f", adapter.alpha() / adapter.rank()),
            targets(model))
        : title;
  }

  private static String targets(TrainViewModel model) {
    String targets = model.form().targetsProperty().get().strip();
    return targets.equals("all-linear") || targets.isEmpty()
        ? Messages.text("train.method.all")
        : targets;
  }

  private static String schedule(Recipe recipe) {
    Recipe.Training training = recipe.training();
    return Messages.text(
        "train.schedule.sentence",
        FormField.rate(training.learningRate()),
        training.lrSchedulerType(),
        length(training),
        training.effectiveBatch());
  }

  private static String length(Recipe.Training training) {
    return training.maxSteps() > 0
        ? Messages.text("train.schedule.steps", training.maxSteps())
        : Messages.text("train.schedule.epochs", trimmed(training.numTrainEpochs()));
  }

  /** What will run, in sentences. */
  static List<String> willRun(TrainViewModel model) {
    Recipe recipe = model.form().recipe();
    var sentences = new ArrayList<String>();
    sentences.add(Messages.text("train.run.task", task(model)));
    sentences.add(method(model, recipe));
    Reply.Planned plan = model.planProperty().get();
    Recipe.Training training = recipe.training();
    if (plan != null) {
      sentences.add(
          Messages.text(
              "train.run.rows",
              plan.trainRows(),
              plan.evalRows(),
              training.effectiveBatch(),
              training.perDeviceTrainBatchSize(),
              training.gradientAccumulationSteps()));
      double share = 100.0 * plan.trainableParameters() / Math.max(1, plan.totalParameters());
      sentences.add(
          Messages.text(
              "train.run.parameters",
              Formats.count(plan.trainableParameters()),
              Formats.count(plan.totalParameters()),
              String.format(Locale.ROOT, share < 0.1 ? "%.3f" : "%.1f", share)));
    }
    if (plan != null && plan.calibration() != null) {
      var first = plan.calibration();
      sentences.add(
          Messages.text("train.run.calibration", first.rows(), Formats.memory(first.bytes())));
    }
    sentences.add(schedule(recipe));
    long changed = model.form().all().filter(FormField::differs).count();
    if (changed > 0) {
      String one = changed == 1 ? "train.run.changed.one" : "train.run.changed";
      sentences.add(Messages.text(one, changed));
    }
    return sentences;
  }

  private static String fileName(String path) {
    Path name = Path.of(path).getFileName();
    return name == null ? path : name.toString();
  }

  private static String trimmed(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
