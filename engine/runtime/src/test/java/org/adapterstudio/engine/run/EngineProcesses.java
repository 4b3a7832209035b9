package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.run.RunFolder;

/** Real engine processes for tests, with this test's own class path. */
final class EngineProcesses {
  private EngineProcesses() {}

  /** Starts {@code EngineMain run} on a folder. */
  static Process start(RunFolder run) throws IOException {
    return new ProcessBuilder(
            command("org.adapterstudio.engine.EngineMain", "run", run.path().toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()))
        .start();
  }

  /** Runs another program of the tests and returns the lines it printed. */
  static List<String> output(Class<?> program, String argument) throws Exception {
    Process process =
        new ProcessBuilder(command(program.getName(), argument)).redirectErrorStream(true).start();
    try (var out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join("\n", lines));
      }
      return lines;
    }
  }

  private static List<String> command(String program, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms48m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program));
    command.addAll(List.of(arguments));
    return command;
  }
}
