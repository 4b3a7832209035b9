package org.adapterstudio.contract.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;

/**
 * Everything a training run is told: base model, data, method, schedule. Field names are those of
 * Hugging Face where one exists. Every absent field has the default written in its constructor.
 *
 * @param version of the file format, now 1
 * @param name of the run; the folder's name where absent
 */
public record Recipe(
    int version,
    String name,
    Model model,
    Data data,
    Adapter adapter,
    Training training,
    Sampling sampling) {
  /** The format this version of the studio writes. */
  public static final int VERSION = 1;

  public Recipe {
    model = model == null ? Model.of(null) : model;
    data = data == null ? Data.of(null) : data;
    adapter = adapter == null ? Adapter.of("lora") : adapter;
    training = training == null ? Training.defaults() : training;
    sampling = sampling == null ? new Sampling(null, null, null) : sampling;
  }

  /** The same recipe under another run name. */
  public Recipe named(String other) {
    return new Recipe(version, other, model, data, adapter, training, sampling);
  }

  /** The same recipe with other settings of the method. */
  public Recipe adapting(Adapter other) {
    return new Recipe(version, name, model, data, other, training, sampling);
  }

  /** The same recipe with another schedule. */
  public Recipe training(Training other) {
    return new Recipe(version, name, model, data, adapter, other, sampling);
  }

  /**
   * The base model.
   *
   * @param path a Hugging Face folder
   * @param dtype compute dtype: float32 (default on CPU), bfloat16, float16
   * @param quantization how the frozen base's linear weights are kept: none, nf4, nf4-double, int8
   * @param task key of a task card, or auto: what the base was made for
   */
  public record Model(String path, String dtype, String quantization, String task) {
    public Model {
      task = task == null ? "auto" : task;
      dtype = dtype == null ? "float32" : dtype;
      quantization = quantization == null ? "none" : quantization;
    }

    /** All defaults for one folder. */
    public static Model of(String path) {
      return new Model(path, null, null, null);
    }
  }

  /**
   * Training and evaluation rows.
   *
   * @param train file of rows (JSONL, JSON, Parquet, CSV, TSV, TXT); for pictures a folder of class
   *     folders, for pictures and sounds a folder with a metadata file
   * @param eval held-out file; where absent, {@code evalFraction} of the training rows is held out
   * @param evalFraction share of training rows held out when {@code eval} is absent
   * @param format auto, instruction, messages, conversations, prompt_completion, question_answer,
   *     text
   * @param columns field of the format to column of the file, where names differ; columns of a CSV
   *     or TSV file without a header are named by number, from 1
   * @param chatTemplate name of a built-in template; absent means the model's own
   * @param maxLength rows are cut after this many tokens
   * @param packing joins short rows into full blocks instead of padding
   * @param skipBadRows starts without the rows that cannot be read
   */
  public record Data(
      String train,
      String eval,
      Double evalFraction,
      String format,
      Map<String, String> columns,
      String chatTemplate,
      Integer maxLength,
      Boolean packing,
      Boolean skipBadRows) {
    public Data {
      evalFraction = evalFraction == null ? 0.05 : evalFraction;
      format = format == null ? "auto" : format;
      columns = columns == null ? Map.of() : Map.copyOf(columns);
      maxLength = maxLength == null ? 512 : maxLength;
      packing = packing != null && packing;
      skipBadRows = skipBadRows != null && skipBadRows;
    }

    /** All defaults for one training file. */
    public static Data of(String train) {
      return new Data(train, null, null, null, null, null, null, null, null);
    }
  }

  /**
   * The method and where it acts.
   *
   * @param method key of a method card
   * @param rank r of dW = s B A
   * @param alpha s = alpha / r (the method may scale otherwise)
   * @param dropout probability on the adapter's input
   * @param targetModules list of name suffixes, one regular expression, or "all-linear"
   * @param layersToTransform layer numbers the adapter is limited to; absent means all
   * @param rankPattern module name or expression to its own rank
   * @param alphaPattern module name or expression to its own alpha
   * @param modulesToSave modules trained whole beside the adapter
   * @param bias none, all, lora_only
   * @param knobs settings that only this method, or its initializer, has
   * @param initializer key of the card that makes the start state; "default" is the method's own
   */
  public record Adapter(
      String method,
      Integer rank,
      Double alpha,
      Double dropout,
      JsonNode targetModules,
      List<Integer> layersToTransform,
      Map<String, Integer> rankPattern,
      Map<String, Double> alphaPattern,
      List<String> modulesToSave,
      String bias,
      Map<String, JsonNode> knobs,
      String initializer) {
    /** The method's own start. */
    public static final String OWN_START = "default";

    public Adapter {
      method = method == null ? "lora" : method;
      rank = rank == null ? 16 : rank;
      alpha = alpha == null ? 2.0 * rank : alpha;
      dropout = dropout == null ? 0.05 : dropout;
      targetModules =
          targetModules == null
              ? com.fasterxml.jackson.databind.node.TextNode.valueOf("all-linear")
              : targetModules;
      layersToTransform = layersToTransform == null ? null : List.copyOf(layersToTransform);
      rankPattern = rankPattern == null ? Map.of() : ordered(rankPattern);
      alphaPattern = alphaPattern == null ? Map.of() : ordered(alphaPattern);
      modulesToSave = modulesToSave == null ? List.of() : List.copyOf(modulesToSave);
      bias = bias == null ? "none" : bias;
      knobs = knobs == null ? Map.of() : ordered(knobs);
      initializer = initializer == null ? OWN_START : initializer;
    }

    /** All defaults for one method. */
    public static Adapter of(String method) {
      return new Adapter(method, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with other modules trained whole. */
    public Adapter saving(List<String> modules) {
      return with(Map.of("modules_to_save", modules));
    }

    /** The same on other layers. */
    public Adapter targeting(JsonNode targets) {
      return with(Map.of("target_modules", targets));
    }

    /** The same in some blocks only, with biases trained as said. */
    public Adapter within(List<Integer> layers, String biases) {
      return with(Map.of("layers_to_transform", layers, "bias", biases));
    }

    /** The same with another alpha. */
    public Adapter alpha(double other) {
      return scaled(rank, other, rankPattern, alphaPattern);
    }

    /** The same with other ranks and scales. */
    public Adapter scaled(
        int newRank, double newAlpha, Map<String, Integer> ranks, Map<String, Double> alphas) {
      return with(
          Map.of(
              "rank", newRank, "alpha", newAlpha, "rank_pattern", ranks, "alpha_pattern", alphas));
    }

    /** The same sizes and targets for another method, its own settings at their start. */
    public Adapter by(String other) {
      return with(Map.of("method", other, "knobs", Map.of(), "initializer", OWN_START));
    }

    /** The same with ranks of its own for some modules. */
    public Adapter ranked(Map<String, Integer> ranks) {
      return with(Map.of("rank_pattern", ranks));
    }

    /** The same with a knob turned. */
    public Adapter turning(String knob, JsonNode value) {
      var turned = new java.util.LinkedHashMap<>(knobs);
      turned.put(knob, value);
      return with(Map.of("knobs", turned));
    }

    /** The same with other values of some fields, by their names in a recipe's file. */
    private Adapter with(Map<String, ?> values) {
      ObjectNode tree = Json.tree(this);
      values.forEach((field, value) -> tree.set(field, Json.tree(value)));
      return Json.as(tree, Adapter.class);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
      return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
    }
  }

  /**
   * Optimizer, schedule and cadence. A step is one optimizer update.
   *
   * @param maxSteps wins over {@code numTrainEpochs} where above 0
   * @param warmupSteps wins over {@code warmupRatio} where above 0
   * @param lrSchedulerType linear, cosine, constant
   * @param optimizer key of an optimizer
   * @param maxGradNorm clips the global gradient norm; 0 switches clipping off
   * @param evalSteps evaluates every so many steps; 0 only at the end
   * @param saveSteps checkpoint every so many steps
   * @param saveTotalLimit newest checkpoints kept beside the best
   * @param spectrumSteps measures singular values every so many steps; 0 never
   * @param threads CPU threads; 0 lets the engine choose
   * @param device cpu, cuda, cuda:1, ... or auto
   * @param activationCheckpointing keeps only each layer's input for the backward pass and computes
   *     the layer again: far less memory, about a third more time
   * @param offload keeps the layers' weights where they are stored and brings one layer at a time
   * @param onNonFinite what is done about a batch whose loss or gradient is NaN or infinite: stop,
   *     or skip
   */
  public record Training(
      Integer perDeviceTrainBatchSize,
      Integer gradientAccumulationSteps,
      Integer maxSteps,
      Double numTrainEpochs,
      Double learningRate,
      String lrSchedulerType,
      Integer warmupSteps,
      Double warmupRatio,
      String optimizer,
      Double weightDecay,
      Double maxGradNorm,
      Integer evalSteps,
      Integer saveSteps,
      Integer saveTotalLimit,
      Integer spectrumSteps,
      Long seed,
      Integer threads,
      String device,
      Boolean activationCheckpointing,
      Boolean offload,
      String onNonFinite) {
    public Training {
      perDeviceTrainBatchSize = perDeviceTrainBatchSize == null ? 4 : perDeviceTrainBatchSize;
      gradientAccumulationSteps = gradientAccumulationSteps == null ? 4 : gradientAccumulationSteps;
      maxSteps = maxSteps == null ? 0 : maxSteps;
      numTrainEpochs = numTrainEpochs == null ? 3.0 : numTrainEpochs;
      learningRate = learningRate == null ? 2e-4 : learningRate;
      lrSchedulerType = lrSchedulerType == null ? "cosine" : lrSchedulerType;
      warmupSteps = warmupSteps == null ? 0 : warmupSteps;
      warmupRatio = warmupRatio == null ? 0.05 : warmupRatio;
      optimizer = optimizer == null ? "adamw" : optimizer;
      weightDecay = weightDecay == null ? 0.0 : weightDecay;
      maxGradNorm = maxGradNorm == null ? 1.0 : maxGradNorm;
      evalSteps = evalSteps == null ? 50 : evalSteps;
      saveSteps = saveSteps == null ? 250 : saveSteps;
      saveTotalLimit = saveTotalLimit == null ? 3 : saveTotalLimit;
      spectrumSteps = spectrumSteps == null ? 10 : spectrumSteps;
      seed = seed == null ? 42L : seed;
      threads = threads == null ? 0 : threads;
      device = device == null ? "cpu" : device;
      activationCheckpointing = activationCheckpointing != null && activationCheckpointing;
      offload = offload != null && offload;
      onNonFinite = onNonFinite == null ? "stop" : onNonFinite;
    }

    /** Every field at its default. */
    public static Training defaults() {
      return new Training(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null);
    }

    /** The same with another split of a step's rows into micro-batches. */
    public Training batched(int rows, int accumulation) {
      ObjectNode tree = Json.tree(this);
      tree.put("per_device_train_batch_size", rows);
      tree.put("gradient_accumulation_steps", accumulation);
      return Json.as(tree, Training.class);
    }

    /** Rows that one optimizer step sees. */
    @JsonIgnore
    public int effectiveBatch() {
      return perDeviceTrainBatchSize * gradientAccumulationSteps;
    }
  }

  /**
   * Fixed prompts answered by base and adapter while training.
   *
   * @param prompts sent through the chat template, one user turn each
   * @param steps answers every so many steps; 0 only at start and end
   * @param maxTokens longest answer
   */
  public record Sampling(List<String> prompts, Integer steps, Integer maxTokens) {
    public Sampling {
      prompts = prompts == null ? List.of() : List.copyOf(prompts);
      steps = steps == null ? 0 : steps;
      maxTokens = maxTokens == null ? 64 : maxTokens;
    }
  }
}
