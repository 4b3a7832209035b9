package org.adapterstudio.contract.run.seal;

import java.util.List;

/** Why numbers of two runs may differ, the weightiest first. */
public enum Cause {
  /** Another network, or other weights. */
  BASE("Another base: every number is another.", false),
  /** Other rows, or rows read otherwise. */
  DATA("Other rows: losses cannot be compared.", false),
  /** Text is cut into tokens otherwise. */
  TOKENS("Rows become other tokens: losses cannot be compared.", false),
  /** Another method, rank or place. */
  METHOD("Another method: other numbers are trained.", false),
  /** The point the run started from. */
  ORIGIN("Another starting point.", false),
  /** Learning rate and its schedule, optimizer, clipping. */
  SCHEDULE("Steps are of other sizes.", false),
  /** How many rows a step sees. */
  BATCH("A step sees other rows.", false),
  /** How long the run is. */
  LENGTH("The schedule ends elsewhere.", false),
  /** Seeds. */
  SEED("Same recipe, other draws: the order of rows, the start and dropout differ.", false),
  /** Number types and devices. */
  PRECISION("Numbers are rounded otherwise: losses drift apart slowly.", true),
  /** The program. */
  PROGRAM("Another version computes: equal within rounding, bit for bit only by luck.", true),
  /** The machine. */
  MACHINE("Another machine: equal within rounding, bit for bit only by luck.", true),
  /** What a run wrote. */
  RESULT("What the run left was changed after its end.", false),
  /** What has no part in the numbers. */
  NOTE("Has no part in the numbers.", true);

  private static final List<String> SCHEDULE_FIELDS =
      List.of(
          "learning_rate",
          "lr_scheduler_type",
          "warmup_steps",
          "warmup_ratio",
          "optimizer",
          "weight_decay",
          "max_grad_norm");
  private static final List<String> BATCH_FIELDS =
      List.of("per_device_train_batch_size", "gradient_accumulation_steps");
  private static final List<String> LENGTH_FIELDS = List.of("max_steps", "num_train_epochs");
  private static final List<String> PRECISION_FIELDS =
      List.of("threads", "device", "activation_checkpointing", "offload");

  private final String meaning;
  private final boolean around;

  Cause(String meaning, boolean around) {
    this.meaning = meaning;
    this.around = around;
  }

  /** What a difference of this kind means, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Whether this is around a run rather than a part of it. */
  public boolean around() {
    return around;
  }

  /** The cause that a field of a recipe belongs to, such as training.seed. */
  static Cause ofField(String path) {
    String field = path.substring(path.lastIndexOf('.') + 1);
    return switch (path.split("\\.")[0]) {
      case "model" -> field.equals("dtype") ? PRECISION : BASE;
      case "data" -> List.of("chat_template", "max_length").contains(field) ? TOKENS : DATA;
      case "adapter" -> METHOD;
      case "training" -> ofTraining(field);
      default -> NOTE;
    };
  }

  private static Cause ofTraining(String field) {
    if (field.equals("seed")) {
      return SEED;
    }
    if (SCHEDULE_FIELDS.contains(field)) {
      return SCHEDULE;
    }
    if (BATCH_FIELDS.contains(field)) {
      return BATCH;
    }
    if (LENGTH_FIELDS.contains(field)) {
      return LENGTH;
    }
    return PRECISION_FIELDS.contains(field) ? PRECISION : NOTE;
  }

  /** The cause that a sealed file belongs to. */
  static Cause ofFile(String role) {
    if (role.startsWith("data/")) {
      return DATA;
    }
    if (role.startsWith("origin/")) {
      return ORIGIN;
    }
    if (role.equals(Ingredients.RECIPE)) {
      return METHOD;
    }
    if (!role.startsWith(Ingredients.BASE)) {
      return RESULT;
    }
    boolean words = role.matches(".*(token|vocab|merges|template|spiece|added).*");
    return words ? TOKENS : BASE;
  }

  /** The cause that a sealed fact belongs to. */
  static Cause ofFact(String name) {
    return switch (name) {
      case Sealing.SEED -> SEED;
      case Sealing.START -> METHOD;
      case Sealing.TEMPLATE -> TOKENS;
      case Sealing.DTYPE, Environment.DEVICE, Environment.THREADS -> PRECISION;
      case Environment.STUDIO, Environment.LIBTORCH -> PROGRAM;
      case Environment.CPU, Environment.OS, Environment.JAVA -> MACHINE;
      default -> NOTE;
    };
  }
}
