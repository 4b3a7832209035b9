package org.adapterstudio.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that run a model share: which one, with which adapter, on how many threads. */
final class ModelChoice {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Base model folder.")
  private Path model;

  @Option(names = "--adapter", paramLabel = "DIR", description = "Adapter or checkpoint folder.")
  private Path adapter;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "CPU threads; 0: all cores.")
  private int threads;

  @Mixin private QuantizationChoice quantization;

  /** What the base shall be held in; null for how the adapter was trained. */
  String quantization() {
    return quantization.word();
  }

  /** The base's folder, absolute. */
  String model(Paths paths) {
    return paths.absolute(model);
  }

  /** The adapter's folder, absolute; null for the base alone. */
  String adapter(Paths paths) {
    return paths.absolute(adapter);
  }

  int threads() {
    return threads;
  }
}
