package org.adapterstudio.engine.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.generate.Generator;
import org.adapterstudio.engine.generate.Sampler;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.memory.PeakWatch;
import org.adapterstudio.engine.memory.ProcessMemory;
import picocli.CommandLine;

/** Whole steps and what surrounds them, as ratios measured side by side in one process. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures training steps beside the products they cannot avoid.")
public final class StepBench implements Runnable {
  private static final int RANK = 8;

  @CommandLine.Option(names = "--hidden", defaultValue = "512")
  private int hidden;

  @CommandLine.Option(names = "--layers", defaultValue = "8")
  private int layers;

  @CommandLine.Option(names = "--rows", defaultValue = "4")
  private int rows;

  @CommandLine.Option(names = "--length", defaultValue = "128")
  private int length;

  @CommandLine.Option(names = "--threads", defaultValue = "1")
  private int threads;

  @CommandLine.Option(names = "--rounds", defaultValue = "5")
  private int rounds;

  @CommandLine.Option(names = "--json", description = "One JSON object instead of lines.")
  private boolean json;

  private final SequencedMap<String, Double> results = new LinkedHashMap<>();

  /** Measures and prints. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StepBench()).execute(arguments));
  }

  @Override
  public void run() {
    Kernels.get();
    Autograd.threads(threads);
    var shape = new Shape(hidden, layers, 4096, rows, length);
    Path folder = RandomLlama.folder(Path.of(System.getProperty("java.io.tmpdir"), "bench"), shape);
    steps(folder, shape, ProcessMemory.now().anonymous());
    overhead(folder, shape);
    around(folder, shape);
    print();
  }

  private void steps(Path folder, Shape shape, long before) {
    try (var watch = new PeakWatch();
        var training = new Training(folder, shape, RANK, "all-linear")) {
      training.step();
      training.step();
      training.checkpointSaved();
      double peak = watch.peak() - before;
      try (var bare = new Unavoidable(shape, RANK)) {
        var timing =
            Timing.inTurn(
                rounds,
                training::step,
                bare::frozen,
                bare::updates,
                bare::attention,
                bare::packed,
                training::spectra);
        double rest = timing.median(2) + timing.median(3);
        results.put("step seconds", timing.median(0));
        results.put("tokens per second", shape.tokens() / timing.median(0));
        results.put("bare products of frozen layers, BLAS, seconds", timing.median(1));
        results.put("the same, packed, seconds", timing.median(4));
        results.put("bare products of updates, seconds", timing.median(2));
        results.put("bare attention, seconds", timing.median(3));
        results.put("step / bare products, BLAS", timing.median(0) / (timing.median(1) + rest));
        results.put("step / bare products, packed", timing.median(0) / (timing.median(4) + rest));
        results.put("live spectra / step at every 10th", timing.ratio(5, 0) / 10);
      }
      results.put("peak memory / what must be resident", peak / resident(shape, training));
      results.put("peak memory MB", peak / 1e6);
    }
  }

  /** Weights, the update with gradient and two moments, and what each layer's gradient reads. */
  private static double resident(Shape shape, Training training) {
    long weights = training.model().base().network().parameterCount();
    long trained = training.model().attached().trainableCount();
    long layer = 9L * shape.hidden() + 3L * shape.intermediate();
    return 4.0 * (weights + 4 * trained + shape.layers() * layer * shape.tokens());
  }

  /** The update's own cost: all layers adapted beside one, so that all gradients flow. */
  private void overhead(Path folder, Shape shape) {
    try (var all = new Training(folder, shape, RANK, "all-linear");
        var one = new Training(folder, shape, RANK, ".*layers\\.0\\.self_attn\\.q_proj")) {
      var timing = Timing.inTurn(rounds, all::step, one::step);
      results.put("LoRA's overhead over frozen forward and backward", timing.ratio(0, 1) - 1);
    }
  }

  private void around(Path folder, Shape shape) {
    Path file = folder.resolve("model.safetensors");
    var loading = Timing.inTurn(rounds, () -> Disk.read(file), () -> Disk.load(folder));
    results.put("loading speed / sequential read", loading.ratio(0, 1));
    results.put("event microseconds", Disk.event(2000) * 1e6);
    try (var training = new Training(folder, shape, RANK, "all-linear")) {
      int count = 32;
      var generator = new Generator(training.model(), Set.of());
      int[] prompt = {1, 2, 3, 4};
      long weights = 4 * training.model().base().network().parameterCount();
      long read = weights - 4L * shape.vocabulary() * shape.hidden();
      try (Scope scope = Kernels.get().unrecorded()) {
        var block = scope.zeros(read / 4).add(1f);
        var timing =
            Timing.inTurn(
                rounds,
                () -> generator.generate(prompt, count, Sampler.of(0, 1, 0), _ -> {}, () -> false),
                () -> scope.call("root_of_squares", block).close());
        results.put("generated tokens per second", count / timing.median(0));
        results.put(
            "generated tokens per second / memory bandwidth's limit", count * timing.ratio(1, 0));
      }
    }
  }

  private void print() {
    if (json) {
      System.out.println(Json.line(results));
      return;
    }
    results.forEach((name, value) -> System.out.printf("%-58s %10.4f%n", name, value));
  }
}
