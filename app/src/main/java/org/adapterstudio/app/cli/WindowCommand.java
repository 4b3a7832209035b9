package org.adapterstudio.app.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code studio window}: opens the window. */
@Command(
    name = "window",
    mixinStandardHelpOptions = true,
    description = "Opens the window (what `studio` alone does).",
    footer = {"", "Example:", "  studio window --run my-run"})
final class WindowCommand implements Callable<Integer> {
  private final Desk desk;

  @Option(names = "--run", paramLabel = "RUN", description = "Shows this run first.")
  private String run;

  WindowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (!displayIsThere()) {
      throw new Ended(
          Exit.USAGE,
          "studio: There is no display to open the window on (DISPLAY and WAYLAND_DISPLAY are"
              + " empty). The commands work without one: `studio --help` lists them, `studio demo`"
              + " shows the main job.");
    }
    desk.window()
        .accept(Optional.ofNullable(run).map(name -> Runs.find(name, desk.folder()).path()));
    return Exit.OK;
  }

  private static boolean displayIsThere() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.contains("win")
        || os.contains("mac")
        || "Headless".equals(System.getProperty("glass.platform"))
        || isSet("DISPLAY")
        || isSet("WAYLAND_DISPLAY");
  }

  private static boolean isSet(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
