package org.adapterstudio.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;
import org.adapterstudio.app.cli.Desk;
import org.adapterstudio.app.cli.Interrupts;
import org.adapterstudio.app.cli.Studio;
import org.adapterstudio.app.cli.WindowProcess;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EngineProcess;
import org.adapterstudio.app.shell.StudioApp;

/**
 * Main class. It does not extend {@code Application}, so that JavaFX may lie on the class path; no
 * argument means the window.
 */
public final class Launcher {
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private Launcher() {}

  /** Runs a command or opens the window; the exit code is 0 only on success. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // the same numbers everywhere, in files and on screen
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var desk =
        new Desk(
            out,
            err,
            Path.of("").toAbsolutePath(),
            EngineProcess::new,
            new DetachedRuns(),
            Interrupts.ofSystem(),
            Launcher::openWindow,
            new WindowProcess(Launcher.class.getName()),
            System.console() != null && System.console().isTerminal());
    int code = Studio.run(desk, args.length == 0 ? new String[] {"window"} : args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static void openWindow(List<String> arguments) {
    JAVAFX.setLevel(Level.SEVERE); // it warns of the class path, where we put it on purpose
    Application.launch(StudioApp.class, arguments.toArray(String[]::new));
  }
}
