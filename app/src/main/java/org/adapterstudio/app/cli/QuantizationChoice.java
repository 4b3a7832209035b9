package org.adapterstudio.app.cli;

import picocli.CommandLine.Option;

/** How the base is held while a command runs it. */
final class QuantizationChoice {
  @Option(
      names = "--quantization",
      paramLabel = "CODES",
      description = {
        "Holds the base in none, nf4, nf4-double or int8.",
        "Default: as the adapter was trained; none where it does not say."
      })
  private String quantization;

  /** The word given; null for how the adapter was trained. */
  String word() {
    return quantization;
  }
}
