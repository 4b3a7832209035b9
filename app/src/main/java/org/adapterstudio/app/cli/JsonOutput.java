package org.adapterstudio.app.cli;

import org.adapterstudio.contract.json.Json;
import picocli.CommandLine.Option;

/** {@code --json}: the same answer for programs. */
final class JsonOutput {
  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /** Prints the answer as JSON where that is wanted, else as the given lines. */
  void print(Desk desk, Object answer, Runnable lines) {
    if (json) {
      desk.out().print(Json.pretty(answer));
    } else {
      lines.run();
    }
    desk.out().flush();
  }
}
