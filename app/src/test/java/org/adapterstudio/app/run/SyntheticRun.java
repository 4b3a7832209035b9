package org.adapterstudio.app.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;

/** Writes run folders whose event logs look like those of an engine, with times of their own. */
public final class SyntheticRun {
  /** 2026-03-02 14:02:11 UTC. */
  public static final long START = 1_772_460_131_000L;

  private final RunFolder run;
  private final StringBuilder lines = new StringBuilder();
  private long seq;
  private long time = START;

  /** A fresh run folder with a recipe. */
  public SyntheticRun(Path folder, Recipe recipe) {
    run = RunFolder.create(folder, recipe);
  }

  /** A recipe that names files which need not exist. */
  public static Recipe recipe() {
    var training =
        new Recipe.Training(
            4, 4, 1000, null, 3e-4, null, null, null, null, null, null, 100, 250, null, 10, null, 2,
            null, null, null, null);
    var adapter =
        new Recipe.Adapter("lora", 8, 16.0, 0.0, null, null, null, null, null, null, null, null);
    var sampling = new Recipe.Sampling(List.of("Order 3 blue lamps for Tuesday"), 250, 48);
    return new Recipe(
        1,
        null,
        Recipe.Model.of("/models/tiny-llama-28"),
        Recipe.Data.of("/data/orders.jsonl"),
        adapter,
        training,
        sampling);
  }

  /** The folder. */
  public RunFolder run() {
    return run;
  }

  /** Adds an event, some milliseconds after the one before. */
  public SyntheticRun add(long after, Event event) {
    time += after;
    ObjectNode line = Json.object();
    line.put("seq", ++seq).put("time", time);
    line.setAll(Json.<ObjectNode>tree(event));
    lines.append(Json.line(line)).append('\n');
    return this;
  }

  /** Appends what was added since the last call to the run's log. */
  public SyntheticRun write() {
    try {
      Files.writeString(run.events(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      lines.setLength(0);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Start, plan and the training phase. */
  public SyntheticRun begin(int totalSteps) {
    add(0, new Event.Started(8123, "0.1.0", "cpu", 2, 0));
    add(900, new Event.Planned(totalSteps, 9315, 490, 3, 312, 1_228_800, 28_312_576));
    add(10, memory(0, 1_262_000_000L));
    return add(10, Event.Phase.of("training"));
  }

  /** What a run of 1.35 GiB by its plan took. */
  public static Event.MemoryMeasured memory(int step, long peak) {
    var parts = new LinkedHashMap<String, Long>();
    parts.put("weights", 118_000_000L);
    parts.put("adapter", 5_000_000L);
    parts.put("gradients", 5_000_000L);
    parts.put("optimizer", 10_000_000L);
    parts.put("activations", 914_000_000L);
    parts.put("reserve", 398_000_000L);
    long planned = parts.values().stream().mapToLong(Long::longValue).sum();
    return new Event.MemoryMeasured(step, parts, planned, peak, 57_000_000L);
  }

  /** One step with this loss and plain values for the rest. */
  public SyntheticRun step(int step, double loss) {
    return add(800, new Event.Step(step, loss, 3e-4, 0.5, step / 500.0, 900, 1100, 1L << 30, 0.8));
  }

  /**
   * Every kind of event over steps from..to of a run of {@code total}, as a good run gives them.
   */
  public SyntheticRun train(int from, int to, int total, int layers) {
    var random = new Random(7L * from);
    for (int step = from; step <= to; step++) {
      add(700 + random.nextInt(200), realistic(step, total, random));
      if (step % 10 == 0) {
        add(5, spectrum(step, layers));
      }
      if (step % 100 == 0) {
        double loss = 0.42 + 2.4 * Math.exp(-step / 160.0) + Math.max(0, step - 700) / 2500.0;
        add(2000, new Event.Evaluated(step, loss, 490, step <= 700, 2, Map.of()));
      }
      if (step % 250 == 0) {
        add(40, new Event.CheckpointSaved(step, "step-" + step, 14_700_000, 0.2, "schedule"));
        sample(step);
      }
    }
    return this;
  }

  /** A classifier's run: losses, and every 100 steps a held-out loss with two scores. */
  public SyntheticRun classify(int from, int to, int total, int layers) {
    var random = new Random(11L * from);
    for (int step = from; step <= to; step++) {
      add(700, realistic(step, total, random));
      if (step % 10 == 0) {
        add(5, spectrum(step, layers));
      }
      if (step % 100 == 0) {
        double learnt = 1 - Math.exp(-step / 300.0);
        double accuracy = 0.5 + 0.41 * learnt - (step > 800 ? 0.012 : 0);
        var scores = new LinkedHashMap<String, Double>();
        scores.put("accuracy", accuracy);
        scores.put("macro_f1", accuracy - 0.06 + 0.03 * learnt);
        double loss = 0.25 + 0.45 * Math.exp(-step / 300.0);
        add(2000, new Event.Evaluated(step, loss, 490, true, 2, scores));
      }
    }
    return this;
  }

  /** Answers to two prompts. */
  public SyntheticRun sample(int step) {
    String answer = step < 300 ? "{\"item\": \"lamp\"}" : "{\"item\": \"lamp\", \"count\": 3}";
    add(
        300,
        new Event.Sampled(
            step,
            "Order 3 blue lamps for Tuesday",
            "Order 3 blue lamps for Tuesday and then the lamps",
            answer));
    return add(
        300,
        new Event.Sampled(
            step,
            "Cancel the order of the two chairs that I placed yesterday, please",
            "The chairs are in the room.",
            "The order is cancelled: {\"item\": \"chair\", \"count\": 2}"));
  }

  private static Event.Step realistic(int step, int total, Random random) {
    double loss = 0.4 + 2.6 * Math.exp(-step / 140.0) + 0.16 * random.nextGaussian() * 0.5;
    double warm = Math.min(1, step / (0.05 * total));
    double rate = 3e-4 * warm * 0.5 * (1 + Math.cos(Math.PI * step / total));
    double norm = 0.35 + 1.3 * Math.exp(-step / 90.0) + 0.1 * Math.abs(random.nextGaussian());
    return new Event.Step(
        step,
        step == 420 ? loss + 6 : Math.max(0.05, loss),
        rate,
        step == 420 ? 7.2 : norm,
        step / 582.0,
        940,
        1180 + 60 * random.nextGaussian(),
        (long) (1.1e9 + 2e5 * step),
        0.8);
  }

  /** Singular values that grow and flatten with training, more so in deep layers. */
  public static Event.Spectrum spectrum(int step, int layers) {
    var all = new ArrayList<Event.Spectrum.Layer>();
    double grown = 1 - Math.exp(-step / 250.0);
    for (int layer = 0; layer < layers; layer++) {
      double decay = 1.6 - 1.35 * grown * (0.25 + 0.75 * layer / layers);
      var values = new ArrayList<Double>();
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 8; i++) {
        double value = (0.1 + grown) * (1 + 0.02 * layer) * Math.exp(-decay * i);
        values.add(value);
        sum += value;
        squares += value * value;
      }
      double entropy = 0;
      for (double value : values) {
        entropy -= value / sum * Math.log(value / sum);
      }
      double top = values.getFirst() * values.getFirst();
      all.add(
          new Event.Spectrum.Layer(
              "model.layers." + layer + ".self_attn.q_proj",
              Math.exp(entropy),
              squares / top,
              Math.sqrt(squares),
              values));
    }
    return new Event.Spectrum(step, all);
  }
}
