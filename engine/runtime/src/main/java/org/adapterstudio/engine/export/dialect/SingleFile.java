package org.adapterstudio.engine.export.dialect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.Values;

/**
 * Reads an adapter of one safetensors file. The dialect that understands most keys is meant;
 * method, ranks and alphas are read off the tensors.
 */
public final class SingleFile {
  /** Tensors that only one method has. */
  private static final Map<String, String> SIGNS =
      Map.of(
          "lora_magnitude_vector", "dora",
          "hada_w1_a", "loha",
          "lokr_w1", "lokr",
          "lokr_w1_a", "lokr");

  private static final int NAMED = 6;

  private SingleFile() {}

  /** Whether a path is one. */
  public static boolean is(Path path) {
    return Files.isRegularFile(path) && path.toString().endsWith(".safetensors");
  }

  /** Attaches the adapter of a file to a base; keys that fit nowhere are counted and named. */
  public static AdaptedModel load(BaseModel base, Path file) {
    var tensors = AdapterFolder.tensors(file);
    var read =
        Dialect.all().stream()
            .map(dialect -> new Reading(dialect, base.network(), tensors))
            .max(Comparator.comparingInt(reading -> reading.placed.size()))
            .orElseThrow();
    read.requireWhole(file);
    AdaptedModel model = AdaptedModel.attach(base, read.settings(file), 0);
    try {
      model.assign(read.named(), file.toString());
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** The keys of a file as one dialect understands them. */
  private static final class Reading {
    private final Dialect dialect;
    private final Network network;
    private final Map<String, Linear> modules;
    private final Map<String, Values> tensors;

    /** Module to the tensors it has, by PEFT's names. */
    private final SequencedMap<String, Map<String, Values>> placed = new LinkedHashMap<>();

    private final List<String> unused = new ArrayList<>();

    Reading(Dialect dialect, Network network, Map<String, Values> tensors) {
      this.dialect = dialect;
      this.network = network;
      this.tensors = tensors;
      this.modules = modules(dialect, network);
      tensors.forEach(this::place);
    }

    private static Map<String, Linear> modules(Dialect dialect, Network network) {
      var modules = new LinkedHashMap<String, Linear>();
      for (Linear site : network.linears()) {
        for (String name : List.of(site.module(), network.inMemory(site.module()))) {
          modules.put(dialect.flat(name), site);
          // Programs that keep the inner model alone leave its place out.
          modules.putIfAbsent(dialect.flat(name.replaceFirst("^(model|transformer)\\.", "")), site);
        }
      }
      return modules;
    }

    private void place(String key, Values values) {
      Optional<Dialect.Parsed> found =
          dialect.parse(key).stream().filter(way -> modules.containsKey(way.module())).findFirst();
      if (found.isEmpty()) {
        unused.add(key);
        return;
      }
      String module = modules.get(found.get().module()).module();
      placed.computeIfAbsent(module, _ -> new LinkedHashMap<>()).put(found.get().name(), values);
    }

    void requireWhole(Path file) {
      if (!unused.isEmpty()) {
        String named = String.join(", ", unused.stream().limit(NAMED).toList());
        throw StudioException.badInput(
            "%s: %d of %d keys name no layer of this base (%s%s)."
                .formatted(
                    file,
                    unused.size(),
                    tensors.size(),
                    named,
                    unused.size() > NAMED ? ", ..." : ""),
            "Check that the adapter belongs to this base.");
      }
    }

    /** Everything but the alphas, under PEFT's keys. */
    Map<String, Values> named() {
      var named = new LinkedHashMap<String, Values>();
      placed.forEach(
          (module, own) ->
              own.forEach(
                  (name, values) -> {
                    if (!name.equals(Dialect.ALPHA)) {
                      named.put(Attached.PREFIX + module + "." + name, shaped(name, values));
                    }
                  }));
      return named;
    }

    /** Lengths of rows are a column in the older programs and a plain list in PEFT. */
    private static Values shaped(String name, Values values) {
      return name.equals("lora_magnitude_vector")
          ? new Values(values.data(), new long[] {values.data().length})
          : values;
    }

    Recipe.Adapter settings(Path file) {
      String method =
          SIGNS.entrySet().stream()
              .filter(
                  sign -> placed.values().stream().anyMatch(own -> own.containsKey(sign.getKey())))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("lora");
      MethodCatalogue.card("adapter", method);
      FileWords told = FileWords.of(file);
      Map<String, Integer> ranks = each(own -> rank(own));
      Map<String, Double> alphas = new LinkedHashMap<>();
      placed.forEach(
          (module, own) ->
              alphas.put(
                  module, alpha(own, told.alpha(network.inMemory(module)), ranks.get(module))));
      int rank = usual(ranks.values());
      double alpha = usual(alphas.values());
      return new Recipe.Adapter(
          method,
          rank,
          alpha,
          0.0,
          Json.tree(List.copyOf(placed.keySet())),
          null,
          others(ranks, rank),
          others(alphas, alpha),
          null,
          null,
          method.equals("lokr") ? LokrShapes.knobs(file, bySite()) : null,
          null);
    }

    private SequencedMap<Linear, Map<String, Values>> bySite() {
      var layers = new LinkedHashMap<Linear, Map<String, Values>>();
      network.linears().stream()
          .filter(site -> placed.containsKey(site.module()))
          .forEach(site -> layers.put(site, placed.get(site.module())));
      return layers;
    }

    private <V> Map<String, V> each(Function<Map<String, Values>, V> value) {
      var all = new LinkedHashMap<String, V>();
      placed.forEach((module, own) -> all.put(module, value.apply(own)));
      return all;
    }

    private static int rank(Map<String, Values> own) {
      if (LokrShapes.are(own)) {
        return LokrShapes.rank(own);
      }
      for (String rows : List.of("lora_A.weight", "hada_w1_b")) {
        if (own.containsKey(rows)) {
          return (int) own.get(rows).shape()[0];
        }
      }
      return 1; // the missing tensor is named when the numbers are assigned
    }

    /** A missing alpha, or 0, means the rank, as in kohya's own reader. */
    private static double alpha(Map<String, Values> own, double told, int rank) {
      if (LokrShapes.are(own) && LokrShapes.whole(own.keySet())) {
        return rank;
      }
      Values stored = own.get(Dialect.ALPHA);
      double alpha = stored == null ? told : stored.data()[0];
      return alpha == 0 ? rank : alpha;
    }

    private static <V> V usual(Collection<V> values) {
      return values.stream()
          .collect(Collectors.groupingBy(value -> value, LinkedHashMap::new, Collectors.counting()))
          .entrySet()
          .stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElseThrow();
    }

    private static <V> Map<String, V> others(Map<String, V> all, V usual) {
      var others = new LinkedHashMap<String, V>();
      all.forEach(
          (module, value) -> {
            if (!value.equals(usual)) {
              others.put(Pattern.quote(module), value);
            }
          });
      return others;
    }
  }
}
