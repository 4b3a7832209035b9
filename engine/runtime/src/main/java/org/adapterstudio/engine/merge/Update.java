package org.adapterstudio.engine.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.export.StoredAdapter;
import org.adapterstudio.engine.tensor.Values;

/**
 * One module's update s B A as plain numbers.
 *
 * @param a A [r, ...]: the rest is the layer's input, for a kernel its channels and sides
 * @param b B [out, r, ...]
 * @param s its scale
 */
record Update(Values a, Values b, double s) {
  private static final String PREFIX = "base_model.model.";
  private static final List<Names> NAMES =
      List.of(
          new Names(".lora_A.weight", ".lora_B.weight"),
          new Names(".lora_embedding_A", ".lora_embedding_B"));

  /** How A and B of a module are named. */
  record Names(String a, String b) {}

  /** Where an update belongs: the module's whole key and how its factors are named. */
  record Home(String module, Names names) {
    String keyOfA() {
      return module + names.a();
    }

    String keyOfB() {
      return module + names.b();
    }

    /** The module's name as a config has it. */
    String name() {
      return module.startsWith(PREFIX) ? module.substring(PREFIX.length()) : module;
    }
  }

  /** Rank of the product. */
  int rank() {
    return (int) a.shape()[0];
  }

  /** Every update of an adapter; a tensor that is no part of one is refused by name. */
  static SequencedMap<Home, Update> all(StoredAdapter adapter) {
    var updates = new LinkedHashMap<Home, Update>();
    for (String key : adapter.tensors().keySet()) {
      if (isTable(adapter, key)) {
        continue;
      }
      Home home = home(adapter, key);
      if (!updates.containsKey(home)) {
        updates.put(home, of(adapter, home));
      }
    }
    return updates;
  }

  /** PEFT stores a whole table beside its update. */
  static boolean isTable(StoredAdapter adapter, String key) {
    String module = key.replaceFirst("\\.base_layer\\.weight$", "");
    return !module.equals(key) && adapter.tensors().containsKey(module + NAMES.getLast().a());
  }

  private static Home home(StoredAdapter adapter, String key) {
    for (Names names : NAMES) {
      for (String ending : List.of(names.a(), names.b())) {
        if (key.endsWith(ending)) {
          return new Home(key.substring(0, key.length() - ending.length()), names);
        }
      }
    }
    throw StudioException.badInput(
        "%s holds %s, which is no part of a plain LoRA.".formatted(adapter.folder(), key),
        "Export it with --form lora first, or merge it into its base.");
  }

  private static Update of(StoredAdapter adapter, Home home) {
    Values a = adapter.tensors().get(home.keyOfA());
    Values b = adapter.tensors().get(home.keyOfB());
    if (a == null || b == null || a.shape()[0] != b.shape()[1]) {
      throw StudioException.badInput(
          "%s: %s and %s do not belong together."
              .formatted(adapter.folder(), home.keyOfA(), home.keyOfB()),
          "The file is damaged; get it again.");
    }
    return new Update(a, b, scale(adapter.settings(), home, (int) a.shape()[0]));
  }

  private static double scale(Recipe.Adapter settings, Home home, int rank) {
    double alpha = patterned(settings.alphaPattern(), home.name(), settings.alpha());
    var stable = settings.knobs().get("use_rslora");
    return alpha / (stable != null && stable.asBoolean() ? Math.sqrt(rank) : rank);
  }

  /** Keys match as PEFT matches them: a whole name, or its end after a dot, as an expression. */
  private static double patterned(Map<String, Double> pattern, String module, double otherwise) {
    return pattern.entrySet().stream()
        .filter(entry -> Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", module))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  /** The update times a weight, with scale 1. */
  Update folded(double weight) {
    float[] scaled = new float[b.data().length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (weight * s * b.data()[i]);
    }
    return new Update(a, new Values(scaled, b.shape()), 1);
  }

  /** The sum of updates of scale 1: rows of A below each other, columns of B beside each other. */
  static Update sum(Home home, List<Update> parts) {
    Update first = parts.getFirst();
    for (Update other : parts) {
      if (!fits(first, other)) {
        throw StudioException.badInput(
            "The adapters' updates of %s are for layers of different sizes: %s and %s."
                .formatted(home.name(), first.sizes(), other.sizes()),
            "Merge adapters of the same base.");
      }
    }
    int rank = parts.stream().mapToInt(Update::rank).sum();
    return new Update(rows(parts, rank), columns(parts, rank), 1).fitting();
  }

  /** A product of more columns than the layer has is as exactly one of as many as it has. */
  private Update fitting() {
    int out = (int) b.shape()[0];
    int in = in();
    if (rank() <= Math.min(out, in)) {
      return this;
    }
    float[] product = new float[out * in];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        product[o * in + i] = entry(o, i);
      }
    }
    int rank = Math.min(out, in);
    Values thin = new Values(unit(rank), sides(out < in ? b : a, rank, rank));
    Values wide = new Values(product, sides(out < in ? a : b, out, in));
    return out < in ? new Update(wide, thin, 1) : new Update(thin, wide, 1);
  }

  private float entry(int row, int column) {
    double sum = 0;
    for (int r = 0; r < rank(); r++) {
      sum += (double) b.data()[row * rank() + r] * a.data()[r * in() + column];
    }
    return (float) sum;
  }

  private static float[] unit(int size) {
    float[] unit = new float[size * size];
    for (int i = 0; i < size; i++) {
      unit[i * size + i] = 1;
    }
    return unit;
  }

  /** The shape of a factor with other numbers of rows and columns; a kernel keeps its sides. */
  private static long[] sides(Values factor, int rows, int columns) {
    long[] shape = factor.shape().clone();
    long beyond = 1;
    for (int i = 2; i < shape.length; i++) {
      beyond *= shape[i];
    }
    shape[0] = rows;
    shape[1] = columns / beyond;
    return shape;
  }

  private static boolean fits(Update one, Update other) {
    long[] mine = one.a.shape();
    long[] theirs = other.a.shape();
    return Arrays.equals(mine, 1, mine.length, theirs, 1, theirs.length)
        && one.b.shape()[0] == other.b.shape()[0];
  }

  private String sizes() {
    return b.shape()[0] + " x " + in();
  }

  /** Numbers that a row of A takes in. */
  int in() {
    return a.data().length / rank();
  }

  /** Adds weight s B A x to y. */
  void addTo(double[] y, double[] x, double weight) {
    int in = in();
    for (int r = 0; r < rank(); r++) {
      double inner = 0;
      for (int i = 0; i < in; i++) {
        inner += a.data()[r * in + i] * x[i];
      }
      for (int o = 0; o < y.length; o++) {
        y[o] += weight * s * b.data()[o * rank() + r] * inner;
      }
    }
  }

  private static Values rows(List<Update> parts, int rank) {
    var all = new ArrayList<float[]>();
    parts.forEach(part -> all.add(part.a.data()));
    float[] data = new float[all.stream().mapToInt(one -> one.length).sum()];
    int at = 0;
    for (float[] one : all) {
      System.arraycopy(one, 0, data, at, one.length);
      at += one.length;
    }
    long[] shape = parts.getFirst().a.shape().clone();
    shape[0] = rank;
    return new Values(data, shape);
  }

  private static Values columns(List<Update> parts, int rank) {
    int out = (int) parts.getFirst().b.shape()[0];
    float[] data = new float[out * rank];
    int at = 0;
    for (Update part : parts) {
      for (int row = 0; row < out; row++) {
        System.arraycopy(part.b.data(), row * part.rank(), data, row * rank + at, part.rank());
      }
      at += part.rank();
    }
    long[] shape = parts.getFirst().b.shape().clone();
    shape[1] = rank;
    return new Values(data, shape);
  }
}
