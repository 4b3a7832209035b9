package org.adapterstudio.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** The window in a process of its own, started from a command. */
public final class WindowProcess implements Pictures {
  private static final long PATIENCE_SECONDS = 120;
  private final String mainClass;

  /** The program's main class takes {@code window} and its options. */
  public WindowProcess(String mainClass) {
    this.mainClass = mainClass;
  }

  @Override
  public void openWindow(RunFolder run) {
    if (Display.isWatched()) {
      start(command(List.of(), "--run", run.path().toString()), Runs.home());
    }
  }

  @Override
  public void take(RunFolder run, Path folder) {
    try {
      Files.createDirectories(folder);
      Path home = Files.createTempDirectory("studio-pictures");
      var headless =
          List.of("-Dglass.platform=Headless", "-Dprism.order=sw", "-Dstudio.plot.density=2");
      var command =
          command(headless, "--run", run.path().toString(), "--pictures", folder.toString());
      Process window = start(command, home);
      boolean ended = window.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      window.destroyForcibly();
      if (!ended || window.exitValue() != 0 || !anyPicture(folder)) {
        throw failure(home, ended ? "ended with code " + window.exitValue() : "did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(List<String> flags, String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    for (String property : List.of("adapterstudio.root", "adapterstudio.engine.lib")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, "window"));
    command.addAll(List.of(options));
    return command;
  }

  /** Starts with a home, where its log goes too. */
  private static Process start(List<String> command, Path home) {
    try {
      Path log = Files.createDirectories(home.resolve("logs")).resolve("window.log");
      var builder = new ProcessBuilder(command);
      builder.environment().put("ADAPTER_STUDIO_HOME", home.toString());
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StudioException failure(Path home, String how) throws IOException {
    Path log = home.resolve("logs").resolve("window.log");
    return new StudioException(
        new Failure(
            "pictures_failed",
            "The window that should have been pictured " + how + ".",
            "Its log is " + log + ".",
            Files.exists(log) ? Files.readString(log) : ""));
  }

  private static boolean anyPicture(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".png"));
    }
  }
}
