package org.adapterstudio.app.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.EnginesAtWork;
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
    run.refuseImported();
    if (EngineLock.held(run)) {
      throw StudioException.badInput(
          "An engine is already at work on the run " + run.name() + ".",
          "`studio show " + run.name() + " --follow` watches it.");
    }
    try {
      forgetOldCommands(run);
      EnginesAtWork.ofHome().note(run);
      long logStart = LogTail.end(run.log());
      long eventsStart = LogTail.end(run.events());
      awaitLock(run, start(run)).ifPresent(code -> checkExit(run, code, logStart, eventsStart));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a keeper where none is at work; two that start at once agree on one by its lock. */
  @Override
  public void keep(QueueFolder queue) {
    if (!queue.kept()) {
      DetachedProcess.start(
          OwnProgram.command("queue", "keep", queue.path().toString()),
          queue.path(),
          queue.keeperLog(),
          _ -> {});
    }
  }

  private Process start(RunFolder run) {
    return DetachedProcess.start(
        command.apply(run.path()),
        run.path(),
        run.log(),
        environment -> {
          EngineHome.calm(environment);
          EngineHome.keepMemory(environment);
        });
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
}
