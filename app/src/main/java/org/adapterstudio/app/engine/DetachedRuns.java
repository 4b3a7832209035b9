package org.adapterstudio.app.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;

/**
 * Starts training engines in sessions of their own, so that neither Ctrl-C, a closed terminal nor
 * the death of this program reaches them.
 */
public final class DetachedRuns implements RunLauncher {
  private static final long PATIENCE_SECONDS = 60;
  private final Function<Path, List<String>> command;

  /** The engine of this installation. */
  public DetachedRuns() {
    this(folder -> EngineHome.find().run(folder));
  }

  /** Launches engines by another command for a run folder. */
  public static DetachedRuns startedBy(Function<Path, List<String>> command) {
    return new DetachedRuns(command);
  }

  private DetachedRuns(Function<Path, List<String>> command) {
    this.command = command;
  }

  /** Starts the engine and returns when it holds the run's lock or has ended in good order. */
  @Override
  public void launch(RunFolder run) {
    if (EngineLock.held(run)) {
      throw StudioException.badInput(
          "An engine is already at work on the run " + run.name() + ".",
          "`studio show " + run.name() + " --follow` watches it.");
    }
    try {
      forgetOldCommands(run);
      long logStart = LogTail.end(run.log());
      long eventsStart = LogTail.end(run.events());
      awaitLock(run, start(run)).ifPresent(code -> checkExit(run, code, logStart, eventsStart));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(RunFolder run) throws IOException {
    var words = new ArrayList<String>();
    program("setsid").ifPresentOrElse(words::add, () -> program("nohup").ifPresent(words::add));
    words.addAll(command.apply(run.path()));
    var log = ProcessBuilder.Redirect.appendTo(run.log().toFile());
    var nothing = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    var builder =
        new ProcessBuilder(words)
            .directory(run.path().toFile())
            .redirectInput(nothing)
            .redirectOutput(log)
            .redirectError(log);
    EngineHome.calm(builder.environment());
    EngineHome.keepMemory(builder.environment());
    return builder.start();
  }

  /** Commands that an earlier engine left unread were not meant for the new one, save few. */
  private static void forgetOldCommands(RunFolder run) throws IOException {
    Files.createDirectories(run.inbox());
    try (var commands = Files.list(run.inbox())) {
      for (Path old : commands.toList()) {
        if (!lasts(old)) {
          Files.deleteIfExists(old);
        }
      }
    }
  }

  private static boolean lasts(Path letter) {
    try {
      return Json.as(Json.read(letter), Command.class).lasts();
    } catch (StudioException e) {
      return false; // half a letter, or one of a newer studio
    }
  }

  /** The exit code of an engine that ended before it was seen holding the lock. */
  private static Optional<Integer> awaitLock(RunFolder run, Process engine) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (System.nanoTime() < end && !EngineLock.held(run)) {
        if (engine.waitFor(100, TimeUnit.MILLISECONDS)) {
          return Optional.of(engine.exitValue());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  /** An engine that ended so early has told why in an event, or died at its very start. */
  private static void checkExit(RunFolder run, int code, long logStart, long eventsStart) {
    if (code != 0 && LogTail.end(run.events()) == eventsStart) {
      throw new StudioException(
          new Failure(
              "engine_lost",
              "The engine ended while starting (exit code " + code + ").",
              "Its log is " + run.log() + ".",
              LogTail.of(run.log(), logStart)));
    }
  }

  private static Optional<String> program(String name) {
    String path = System.getenv("PATH");
    return File.separatorChar == '\\' || path == null
        ? Optional.empty()
        : Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
  }
}
