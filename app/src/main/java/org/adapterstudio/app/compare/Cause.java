package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.seal.RunComparison;
import org.adapterstudio.contract.run.seal.Seal;
import org.adapterstudio.contract.run.seal.SealDifference;

/**
 * One reason why two runs may have come out differently: settings that act alike and are different
 * in the two.
 *
 * @param kind what the settings act on
 * @param changes settings with their two values
 */
public record Cause(Kind kind, List<SettingRow> changes) {
  private static final String SETTING = "(model|data|adapter|training|sampling)[.].*|name|version";

  /** What settings act on, the usually stronger first. */
  public enum Kind {
    /** Another network. */
    BASE("model\\.(path|task)"),
    /** Other rows, or other tokens of the same rows. */
    DATA("data\\..*"),
    /** Another method, or another start of it. */
    METHOD("adapter\\.(method|initializer|knobs.*)"),
    /** Another checkpoint to start from, or none. */
    ORIGIN("(?!)"),
    /** The size of the steps and how it changes. */
    LEARNING_RATE("training\\.(learning_rate|lr_scheduler_type|warmup_.*)"),
    /** How many steps there are. */
    LENGTH("training\\.(max_steps|num_train_epochs)"),
    /** How many rows a step sees; so also which. */
    BATCH("training\\.(per_device_train_batch_size|gradient_accumulation_steps)"),
    /** How much can be learnt, and where. */
    CAPACITY("adapter\\.(?!method|initializer|knobs|dropout).*"),
    /** How a gradient becomes an update. */
    OPTIMIZER("training\\.(optimizer|weight_decay|max_grad_norm)"),
    /** What is left out at random. */
    DROPOUT("adapter\\.dropout"),
    /** How exactly numbers are kept. */
    PRECISION("model\\.(dtype|quantization)"),
    /** Start values, order of the rows, what is left out: chance. */
    SEED("training\\.seed"),
    /** Where it is computed: the order of sums alone. */
    MACHINE("training\\.(threads|device|activation_checkpointing|offload)"),
    /** Another version of the program: the order of sums alone. */
    PROGRAM("(?!)"),
    /** When it is looked at; not the training. */
    WATCHING("training\\.(eval_steps|save_steps|save_total_limit|spectrum_steps)|sampling\\..*"),
    /** Settings this version does not know the meaning of. */
    OTHER(".*");

    private final String paths;

    Kind(String paths) {
      this.paths = paths;
    }

    /** What a setting acts on. */
    static Kind of(String path) {
      for (Kind kind : values()) {
        if (path.matches(kind.paths)) {
          return kind;
        }
      }
      return OTHER;
    }

    /** What a difference between seals acts on. */
    static Kind of(org.adapterstudio.contract.run.seal.Cause sealed) {
      return switch (sealed) {
        case BASE -> BASE;
        case DATA, TOKENS -> DATA;
        case METHOD -> METHOD;
        case ORIGIN -> ORIGIN;
        case SCHEDULE -> LEARNING_RATE;
        case BATCH -> BATCH;
        case LENGTH -> LENGTH;
        case SEED -> SEED;
        case PRECISION -> PRECISION;
        case PROGRAM -> PROGRAM;
        case MACHINE -> MACHINE;
        case RESULT, NOTE -> WATCHING;
      };
    }

    /** Whether it is drawn by chance or nearly so, not chosen for its effect. */
    public boolean chance() {
      return this == SEED || this == MACHINE || this == PROGRAM || this == WATCHING;
    }

    /** Its name in the bundle of texts. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The settings with their values, the second run's behind an arrow. */
  public String words() {
    return changes.stream()
        .map(
            row ->
                row.path().substring(row.path().indexOf('.') + 1)
                    + " "
                    + value(row.values().getFirst())
                    + " \u2192 "
                    + value(row.values().getLast()))
        .collect(Collectors.joining("; "));
  }

  private static String value(String text) {
    return text.isEmpty() ? "\u2014" : text;
  }

  /** What differs between two recipes, the usually stronger first; empty where nothing does. */
  public static List<Cause> between(Recipe one, Recipe other) {
    return sorted(settings(one, other));
  }

  /**
   * What differs between two runs by their recipes, and by what their seals tell of files, of the
   * surroundings and of the checkpoint they started from. A base or rows that lie elsewhere but are
   * the same file by file do not differ.
   */
  static List<Cause> between(ComparedRun one, ComparedRun other) {
    Map<Kind, List<SettingRow>> byKind = settings(one.recipe(), other.recipe());
    List<SealDifference> sealed =
        RunComparison.between(one.origins(), other.origins()).differences();
    byKind.values().forEach(rows -> rows.removeIf(row -> elsewhere(row.path(), one, other)));
    byKind.values().removeIf(List::isEmpty);
    for (SealDifference found : sealed) {
      Kind kind = Kind.of(found.cause());
      boolean counts = differs(found, one, other) && kind != Kind.WATCHING;
      if (counts && !found.what().matches(SETTING)) {
        var row = new SettingRow(found.what(), List.of(found.before(), found.now()));
        byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(row);
      }
    }
    return sorted(byKind);
  }

  /** A large file is hashed while its run trains: until then nobody knows whether it differs. */
  private static boolean differs(SealDifference found, ComparedRun one, ComparedRun other) {
    boolean both = !found.before().isEmpty() && !found.now().isEmpty();
    return found.status() == SealDifference.Status.DIFFERS && (both || whole(one) && whole(other));
  }

  private static boolean whole(ComparedRun run) {
    return run.origins().seal().stream().allMatch(Seal::whole);
  }

  private static boolean elsewhere(String path, ComparedRun one, ComparedRun other) {
    String role =
        switch (path) {
          case "model.path" -> "base/";
          case "data.train", "data.eval" -> path.replace('.', '/');
          default -> null;
        };
    if (role == null) {
      return false;
    }
    Map<String, String> hashes = hashes(one, role);
    return !hashes.isEmpty() && !hashes.containsValue("") && hashes.equals(hashes(other, role));
  }

  private static Map<String, String> hashes(ComparedRun run, String role) {
    var hashes = new LinkedHashMap<String, String>();
    run.origins()
        .seal()
        .ifPresent(
            seal ->
                seal.files()
                    .forEach(
                        (name, file) -> {
                          if (name.startsWith(role)) {
                            hashes.put(name, file.sha256());
                          }
                        }));
    return hashes;
  }

  private static Map<Kind, List<SettingRow>> settings(Recipe one, Recipe other) {
    var byKind = new EnumMap<Kind, List<SettingRow>>(Kind.class);
    for (SettingRow row : SettingRow.of(List.of(one, other))) {
      if (row.differs()) {
        byKind.computeIfAbsent(Kind.of(row.path()), _ -> new ArrayList<>()).add(row);
      }
    }
    return byKind;
  }

  private static List<Cause> sorted(Map<Kind, List<SettingRow>> byKind) {
    return byKind.entrySet().stream().map(e -> new Cause(e.getKey(), e.getValue())).toList();
  }

  /** The settings that act on the result, those of one kind taken from another run. */
  static Map<String, String> mixed(Recipe recipe, Recipe from, Kind kind) {
    var mixed = new LinkedHashMap<String, String>();
    SettingRow.settings(recipe)
        .forEach((path, value) -> put(mixed, path, value, Kind.of(path) != kind));
    SettingRow.settings(from)
        .forEach((path, value) -> put(mixed, path, value, Kind.of(path) == kind));
    return mixed;
  }

  /** The settings that act on the result; chance is left out. */
  static Map<String, String> acting(Recipe recipe) {
    return mixed(recipe, recipe, Kind.OTHER);
  }

  private static void put(Map<String, String> mixed, String path, String value, boolean wanted) {
    if (wanted && !Kind.of(path).chance()) {
      mixed.put(path, value);
    }
  }
}
