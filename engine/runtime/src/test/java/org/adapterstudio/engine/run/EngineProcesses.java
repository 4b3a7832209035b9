package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.run.RunFolder;

/** Real engine processes for tests, with this test's own class path. */
final class EngineProcesses {
  /** As in the studio's EngineHome, which this layer must not know. */
  private static final Map<String, String> KEPT_MEMORY =
      Map.of(
          "GOMP_SPINCOUNT", "50000",
          "THP_MEM_ALLOC_ENABLE", "1",
          "MALLOC_MMAP_THRESHOLD_", "1073741824",
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_TOP_PAD_", "67108864");

  private EngineProcesses() {}

  /** Starts {@code EngineMain run} on a folder. */
  static Process start(RunFolder run) throws IOException {
    return new ProcessBuilder(
            command("org.adapterstudio.engine.EngineMain", "run", run.path().toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()))
        .start();
  }

  /**
   * Trains a run to its end in a process with the settings that the studio gives a training one.
   */
  static void train(RunFolder run) throws Exception {
    var builder =
        new ProcessBuilder(
            command(
                List.of("-Xms48m", "-Xmn16m", "-Xmx2048m"),
                "org.adapterstudio.engine.EngineMain",
                "run",
                run.path().toString()));
    builder.environment().putAll(KEPT_MEMORY);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()));
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException(Files.readString(run.log()));
    }
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
    return command(List.of("-Xms48m", "-Xmx512m", "-XX:TieredStopAtLevel=1"), program, arguments);
  }

  private static List<String> command(List<String> jvm, String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
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
