package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.run.RunFolder;

/** Real engine processes for tests, with this test's own class path. */
final class EngineProcesses {
  private EngineProcesses() {}

  /** Starts {@code EngineMain run} on a folder. */
  static Process start(RunFolder run) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "org.adapterstudio.engine.EngineMain",
            "run",
            run.path().toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()))
        .start();
  }
}
