package org.adapterstudio.app.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.recipe.Recipe;

/** Which fields stand on which card; labels and helps come from the messages. */
final class TrainFields {
  /** Where a recipe names a start state. */
  static final String START = "adapter.initializer";

  /** What stands for "the model's own template". */
  static final String OWN_TEMPLATE = "model";

  private static final List<String> TEMPLATES =
      List.of(
          OWN_TEMPLATE,
          "alpaca",
          "chatml",
          "gemma",
          "llama2",
          "llama3",
          "mistral",
          "phi3",
          "plain",
          "vicuna",
          "zephyr");
  private static final List<String> DEVICES =
      Stream.concat(
              Stream.of("auto", "cpu", "cuda", "gpu"),
              IntStream.range(0, 16).mapToObj(number -> "cuda:" + number))
          .toList();

  /** Those of {@link #DEVICES} that are worth choosing from; a recipe may name others. */
  private static final List<String> USUAL_DEVICES = List.of("auto", "cpu", "cuda");

  private static final Recipe.Training TRAINING = Recipe.Training.defaults();
  private static final Recipe.Data DATA = Recipe.Data.of(null);

  /** What stands for "told by the first row". */
  static final String AUTO = "auto";

  private TrainFields() {}

  private static List<String> tasks() {
    var keys = TaskCards.all().stream().map(MethodCard::key);
    return Stream.concat(Stream.of(TaskCards.AUTO), keys).toList();
  }

  /** The shapes of a row that any task reads. */
  private static List<String> formats() {
    var names = TaskCards.all().stream().flatMap(card -> card.task().formats().keySet().stream());
    return Stream.concat(Stream.of(AUTO), names).distinct().toList();
  }

  static List<FormField> base(Runnable onChange) {
    var fields =
        new ArrayList<>(
            fields(
                "model",
                onChange,
                choice("task", TaskCards.AUTO, tasks()),
                choice("dtype", "float32", List.of("float32", "bfloat16", "float16")),
                choice("quantization", "none", List.of("none", "nf4", "nf4-double", "int8"))));
    fields.addAll(
        fields(
            "training",
            onChange,
            choice("device", TRAINING.device(), DEVICES),
            flag("activation_checkpointing", TRAINING.activationCheckpointing()),
            flag("offload", TRAINING.offload())));
    fields.stream()
        .filter(field -> field.path().equals("training.device"))
        .forEach(field -> field.offer(USUAL_DEVICES));
    return List.copyOf(fields);
  }

  static List<FormField> data(Runnable onChange) {
    return fields(
        "data",
        onChange,
        choice("format", AUTO, formats()),
        choice("chat_template", OWN_TEMPLATE, TEMPLATES),
        whole("max_length", DATA.maxLength(), 8, 131_072),
        real("eval_fraction", DATA.evalFraction(), 0, 0.9),
        flag("packing", DATA.packing()),
        flag("skip_bad_rows", DATA.skipBadRows()));
  }

  /** Settings of a method, and of the start state that was chosen for it. */
  static List<FormField> method(MethodCard card, String start, Runnable onChange) {
    var fields = knobs(card, onChange);
    List<String> starts = MethodCatalogue.starts(card.key());
    if (!starts.isEmpty()) {
      var options = new ArrayList<>(List.of(Recipe.Adapter.OWN_START));
      options.addAll(starts);
      var knob =
          new Knob.Choice(
              "initializer",
              Messages.text("train.method.start"),
              Recipe.Adapter.OWN_START,
              options,
              Messages.text("train.method.start.help"));
      fields.add(new FormField(START, knob, onChange));
      if (starts.contains(start)) {
        fields.addAll(knobs(MethodCatalogue.card("initializer", start), onChange));
      }
    }
    return List.copyOf(fields);
  }

  private static List<FormField> knobs(MethodCard card, Runnable onChange) {
    var fields = new ArrayList<FormField>();
    for (Knob knob : card.knobs()) {
      boolean common = List.of("rank", "alpha", "dropout").contains(knob.key());
      String path = common ? "adapter." + knob.key() : "adapter.knobs." + knob.key();
      fields.add(new FormField(path, knob, onChange));
    }
    return fields;
  }

  static List<FormField> schedule(Runnable onChange) {
    return fields(
        "training",
        onChange,
        real("learning_rate", TRAINING.learningRate(), 0, 1),
        choice(
            "lr_scheduler_type",
            TRAINING.lrSchedulerType(),
            List.of("cosine", "linear", "constant")),
        real("num_train_epochs", TRAINING.numTrainEpochs(), 0.01, 1000),
        whole("max_steps", TRAINING.maxSteps(), 0, 10_000_000),
        whole("per_device_train_batch_size", TRAINING.perDeviceTrainBatchSize(), 1, 4096),
        whole("gradient_accumulation_steps", TRAINING.gradientAccumulationSteps(), 1, 4096),
        real("warmup_ratio", TRAINING.warmupRatio(), 0, 1),
        real("max_grad_norm", TRAINING.maxGradNorm(), 0, 1000),
        real("weight_decay", TRAINING.weightDecay(), 0, 1),
        choice("on_non_finite", TRAINING.onNonFinite(), List.of("stop", "skip")),
        whole("seed", TRAINING.seed(), 0, Long.MAX_VALUE),
        whole("threads", TRAINING.threads(), 0, 1024));
  }

  static List<FormField> output(Runnable onChange) {
    var fields =
        new ArrayList<>(
            fields(
                "training",
                onChange,
                whole("eval_steps", TRAINING.evalSteps(), 0, 1_000_000),
                whole("save_steps", TRAINING.saveSteps(), 0, 1_000_000),
                whole("save_total_limit", TRAINING.saveTotalLimit(), 1, 1000),
                whole("spectrum_steps", TRAINING.spectrumSteps(), 0, 1_000_000)));
    fields.addAll(fields("sampling", onChange, whole("steps", 0, 0, 1_000_000)));
    return List.copyOf(fields);
  }

  private static List<FormField> fields(String section, Runnable onChange, Knob... knobs) {
    var fields = new ArrayList<FormField>();
    for (Knob knob : knobs) {
      fields.add(new FormField(section + "." + knob.key(), knob, onChange));
    }
    return List.copyOf(fields);
  }

  private static Knob whole(String key, long initial, long min, long max) {
    return new Knob.Whole(key, label(key), unit(key), initial, min, max, help(key));
  }

  private static Knob real(String key, double initial, double min, double max) {
    return new Knob.Real(key, label(key), unit(key), initial, min, max, help(key));
  }

  private static Knob choice(String key, String initial, List<String> options) {
    return new Knob.Choice(key, label(key), initial, options, help(key));
  }

  private static Knob flag(String key, boolean initial) {
    return new Knob.Flag(key, label(key), initial, help(key));
  }

  private static String label(String key) {
    return Messages.text("train.field." + key);
  }

  private static String unit(String key) {
    String name = "train.unit." + key;
    return Messages.bundle().containsKey(name) ? Messages.text(name) : "";
  }

  private static String help(String key) {
    return Messages.text("train.help." + key);
  }
}
