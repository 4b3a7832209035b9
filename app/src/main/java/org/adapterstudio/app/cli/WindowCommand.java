package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Takes pictures of the window in both themes and closes it.")
  private Path pictures;

  WindowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (!Display.isThere()) {
      throw new Ended(
          Exit.USAGE,
          "studio: There is no display to open the window on (DISPLAY and WAYLAND_DISPLAY are"
              + " empty). The commands work without one: `studio --help` lists them, `studio demo`"
              + " shows the main job.");
    }
    List<String> arguments = new ArrayList<>();
    if (run != null) {
      arguments.addAll(List.of("--run", Runs.find(run, desk.folder()).path().toString()));
    }
    if (pictures != null) {
      arguments.addAll(List.of("--pictures", desk.folder().resolve(pictures).toString()));
    }
    desk.window().accept(arguments);
    return Exit.OK;
  }
}
