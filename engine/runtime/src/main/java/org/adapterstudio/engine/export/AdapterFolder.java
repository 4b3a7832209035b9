package org.adapterstudio.engine.export;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.tensors.WeightsFile;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.NoHead;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.SequenceClassifier;
import org.adapterstudio.engine.model.network.TextEncoder;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.Finite;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.TorchNumbers;
import org.adapterstudio.engine.tensor.Values;

/** An adapter as Hugging Face PEFT keeps it: adapter_config.json and adapter_model.safetensors. */
public final class AdapterFolder {
  static final String WEIGHTS = "adapter_model.safetensors";
  static final String CONFIG = "adapter_config.json";
  private static final String SAVED = ".modules_to_save.";

  /** Kind and classes of a head that the base's folder does not have; PEFT has no place for it. */
  private static final String HEAD = "head.json";

  private AdapterFolder() {}

  /** Whether a folder looks like one. */
  public static boolean is(Path folder) {
    return Files.exists(folder.resolve(CONFIG));
  }

  /** The config of an adapter's folder. */
  static JsonNode config(Path folder) {
    return Json.read(folder.resolve(CONFIG));
  }

  /** The settings of an adapter's folder as its config tells them. */
  static Recipe.Adapter settings(Path folder) {
    return PeftConfig.read(folder.resolve(CONFIG));
  }

  /** Attaches a stored adapter to a base; keys that do not fit are counted and named. */
  public static AdaptedModel load(BaseModel base, Path folder) {
    if (!is(folder)) {
      throw StudioException.badInput(
          folder + " is not an adapter: it has no " + CONFIG + ".", "Give an adapter's folder.");
    }
    Path weights = WeightsFile.ofAdapter(folder);
    var tensors = new LinkedHashMap<String, Values>();
    withoutTables(base, weights, withoutCopies(tensors(weights)))
        .forEach((name, values) -> tensors.put(base.network().onDisk(name), values));
    Recipe.Adapter settings = asStored(PeftConfig.read(folder.resolve(CONFIG)), tensors);
    return attach(base, settings, tensors, weights.toString());
  }

  /**
   * Attaches settings to a base and puts stored numbers in.
   *
   * @param tensors by their names on disk
   * @param from where they were read, for messages
   */
  public static AdaptedModel attach(
      BaseModel base, Recipe.Adapter settings, Map<String, Values> tensors, String from) {
    var start = Attachment.Start.under(settings, tensors.keySet());
    AdaptedModel model = AdaptedModel.attach(base, settings, 0, start);
    try {
      model.assign(tensors, from);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static Recipe.Adapter asStored(Recipe.Adapter settings, Map<String, Values> tensors) {
    var shapes = new LinkedHashMap<String, long[]>();
    tensors.forEach((name, values) -> shapes.put(name, values.shape()));
    var card = MethodCatalogue.card("adapter", settings.method());
    return Method.of(card).asStored(settings, shapes);
  }

  /** What the base must be loaded for, so that a stored adapter fits. */
  public static Purpose purpose(Path folder) {
    Path head = folder.resolve(HEAD);
    if (Files.exists(head)) {
      return Json.as(Json.read(head), Purpose.class);
    }
    return is(folder) && classifies(config(folder)) ? foreignClassifier(folder) : Purpose.AS_STORED;
  }

  /** PEFT has no word for the task of an image classifier, but its head is among what is saved. */
  private static boolean classifies(JsonNode config) {
    boolean head = false;
    for (JsonNode module : config.path("modules_to_save")) {
      head |= module.asText().endsWith("classifier");
    }
    return head || config.path("task_type").asText().equals("SEQ_CLS");
  }

  /**
   * A classifier saved elsewhere has no names for its classes; their number is that of its rows.
   */
  private static Purpose foreignClassifier(Path folder) {
    return WeightsFile.header(WeightsFile.ofAdapter(folder)).tensors().stream()
        .filter(tensor -> tensor.name().matches(".*(classifier|score|out_proj)\\.weight"))
        .filter(tensor -> !tensor.name().contains(".attention."))
        .reduce((_, last) -> last)
        .map(tensor -> tensor.shape().getFirst().intValue())
        .map(
            classes ->
                Purpose.classification(
                    IntStream.range(0, classes).mapToObj(i -> "LABEL_" + i).toList()))
        .orElse(Purpose.AS_STORED);
  }

  /** All tensors of a safetensors file or a PyTorch file in float32. */
  public static Map<String, Values> tensors(Path file) {
    if (WeightsFile.isTorch(file)) {
      return TorchNumbers.read(file);
    }
    var tensors = new LinkedHashMap<String, Values>();
    try (var stored = SafetensorsFile.open(file)) {
      stored.header().tensors().forEach(t -> tensors.put(t.name(), stored.numbers(t.name())));
    }
    return tensors;
  }

  /** Writes the adapter; returns the bytes of its weights. */
  public static long write(AdaptedModel model, Path folder, String card) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    model
        .written()
        .forEach((name, kept) -> entries.put(model.network().inMemory(name), entry(kept)));
    result(model, entries);
    var finite = Finite.checked("The adapter", entries);
    long bytes = SafetensorsWriter.write(folder.resolve(WEIGHTS), finite, Map.of("format", "pt"));
    var config = PeftConfig.write(WrittenSettings.of(model), described(model));
    AtomicFile.write(folder.resolve(CONFIG), Json.pretty(config));
    MadeFor.write(model.base(), folder);
    if (model.base().purpose().head() != Purpose.Head.AS_STORED) {
      AtomicFile.write(folder.resolve(HEAD), Json.pretty(model.base().purpose()));
    }
    AtomicFile.write(folder.resolve("README.md"), card);
    return bytes;
  }

  /** Trained arrays that only lead to what is used are not written, but what they lead to. */
  private static void result(AdaptedModel model, Map<String, SafetensorsWriter.Entry> entries) {
    Shared shared = model.attached().shared();
    if (shared.result().isEmpty()) {
      return;
    }
    shared.trained().keySet().forEach(entries::remove);
    try (Scope scope = Kernels.get().inference()) {
      var result = shared.result().get();
      NDArray array = result.array().apply(Pass.still(scope, model.weights()));
      float[] values = array.toFloatArray();
      long[] shape = array.getShape().getShape();
      entries.put(result.name(), new SafetensorsWriter.Entry("F32", shape, () -> values));
    }
  }

  /** Writes what a model stores, under the names of the base's own files. */
  public static void save(Path file, AdaptedModel model) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    model.written().forEach((name, kept) -> entries.put(name, entry(kept)));
    SafetensorsWriter.write(file, Finite.checked("What was trained", entries), Map.of());
  }

  /** An array as it is stored. */
  public static SafetensorsWriter.Entry entry(Kept kept) {
    return new SafetensorsWriter.Entry(
        kept.dtype(), kept.array().getShape().getShape(), kept.array()::toFloatArray);
  }

  /** An array as a float32 entry. */
  public static SafetensorsWriter.Entry entry(NDArray array) {
    return new SafetensorsWriter.Entry("F32", array.getShape().getShape(), array::toFloatArray);
  }

  /** The hub's id where the folder lies in its cache, the config's own name, else the path. */
  public static String baseName(BaseModel base) {
    for (Path part : base.folder().toAbsolutePath()) {
      String name = part.toString();
      if (name.startsWith("models--")) {
        return name.substring("models--".length()).replaceFirst("--", "/");
      }
    }
    String named = Json.read(base.folder().resolve("config.json")).path("_name_or_path").asText("");
    boolean hubId = named.matches("[\\w.-]+/[\\w.-]+") && !Files.exists(Path.of(named));
    return hubId ? named : base.folder().toAbsolutePath().normalize().toString();
  }

  /**
   * With bias "all" PEFT stores a saved module's bias three times: as trained, under its place in
   * memory, and as it was before.
   */
  private static Map<String, Values> withoutCopies(Map<String, Values> stored) {
    var tensors = new LinkedHashMap<>(stored);
    tensors.keySet().removeIf(name -> name.contains(".original_module."));
    tensors
        .keySet()
        .removeIf(name -> name.contains(SAVED) && stored.containsKey(name.replace(SAVED, ".")));
    return tensors;
  }

  /**
   * PEFT stores a whole table beside its update. It must be the base's own; then it says nothing
   * new.
   */
  private static Map<String, Values> withoutTables(
      BaseModel base, Path file, Map<String, Values> stored) {
    var tensors = new LinkedHashMap<>(stored);
    for (Linear site : base.network().sites()) {
      String module = Attached.PREFIX + base.network().inMemory(site.module());
      Values table = tensors.get(module + ".base_layer.weight");
      if (site.form() instanceof Linear.Lookup && table != null) {
        refuseOther(base, site, file, table);
        tensors.remove(module + ".base_layer.weight");
      }
    }
    return tensors;
  }

  private static void refuseOther(BaseModel base, Linear site, Path file, Values table) {
    try (Scope scope = Kernels.get().inference();
        Lent own = base.lend(scope, site.weight())) {
      float[] numbers = scope.call("to_float32", own.array()).toFloatArray();
      boolean same = numbers.length == table.data().length;
      for (int i = 0; same && i < numbers.length; i++) {
        // The base may be held in a shorter type than the file's.
        same = Math.abs(numbers[i] - table.data()[i]) <= 0.01 * Math.abs(numbers[i]) + 1e-6;
      }
      if (!same) {
        throw StudioException.badInput(
            "%s: the table of %s is not the base's own.".formatted(file, site.module()),
            "Use the base that the adapter was trained on, with its added tokens.");
      }
    }
  }

  private static PeftConfig.Base described(AdaptedModel model) {
    String task =
        switch (model.network()) {
          case CausalLanguageModel _ -> "CAUSAL_LM";
          case EncoderDecoder sequences when sequences.reads() -> "SEQ_2_SEQ_LM";
          case TextEncoder encoder when encoder.head() instanceof SequenceClassifier -> "SEQ_CLS";
          case TextEncoder encoder when encoder.head() instanceof NoHead -> "FEATURE_EXTRACTION";
          default -> null;
        };
    boolean transposed =
        model.network().linears().stream()
            .anyMatch(
                site -> site.transposed() && model.attached().layers().containsKey(site.module()));
    var method = Method.of(MethodCatalogue.card("adapter", model.settings().method()));
    var facts = new LinkedHashMap<>(method.facts(model.network()));
    facts.putAll(Initializer.of(model.settings()).facts(model.settings(), model.base().storage()));
    return new PeftConfig.Base(baseName(model.base()), task, transposed, facts);
  }
}
