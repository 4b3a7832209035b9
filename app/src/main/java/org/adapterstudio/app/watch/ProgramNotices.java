package org.adapterstudio.app.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Notices through the desktop's own program: {@code notify-send}, or {@code osascript} on a Mac.
 * The former says on its output that its notice was clicked, so it is left running until then.
 */
final class ProgramNotices implements DesktopNotices {
  private static final String CLICKED = "default";

  private final Path program;
  private final Executor background;
  private volatile boolean closed;
  private final Set<Process> waiting = ConcurrentHashMap.newKeySet();

  ProgramNotices(Path program, Executor background) {
    this.program = program;
    this.background = background;
  }

  @Override
  public void show(String title, Happening happening, Runnable onClick) {
    background.execute(
        () -> {
          boolean mac = program.endsWith("osascript");
          boolean shown =
              run(mac ? script(title, happening) : clickable(title, happening), onClick);
          if (!shown && !mac && !closed) {
            run(plain(title, happening), onClick); // versions before 0.7.9 know no actions
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    waiting.forEach(Process::destroy);
  }

  private boolean run(List<String> command, Runnable onClick) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      waiting.add(process);
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      waiting.remove(process);
      if (said.strip().equals(CLICKED)) {
        onClick.run();
      }
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // a desktop without notices is no failure of the studio's
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private List<String> clickable(String title, Happening happening) {
    return List.of(
        program.toString(),
        "--app-name=" + title,
        "--urgency=" + (happening.kind().bad() ? "critical" : "normal"),
        "--action=" + CLICKED + "=Show",
        title,
        happening.sentence());
  }

  private List<String> plain(String title, Happening happening) {
    return List.of(program.toString(), title, happening.sentence());
  }

  private List<String> script(String title, Happening happening) {
    return List.of(
        program.toString(),
        "-e",
        "on run argv",
        "-e",
        "display notification (item 2 of argv) with title (item 1 of argv)",
        "-e",
        "end run",
        title,
        happening.sentence());
  }
}
