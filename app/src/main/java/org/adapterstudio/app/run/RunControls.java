package org.adapterstudio.app.run;

import java.util.function.BooleanSupplier;
import org.adapterstudio.app.engine.HoldingProcess;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Trash;

/** What a person can ask of a run that has an engine, and how a run is put away. */
public final class RunControls {
  private static final int PATIENCE_SECONDS = 20;
  private final Services services;
  private final RunFolder run;
  private final Runnable changed;
  private final Runnable gone;

  /**
   * @param changed called after something was asked
   * @param gone called before the folder moves away
   */
  RunControls(Services services, RunFolder run, Runnable changed, Runnable gone) {
    this.services = services;
    this.run = run;
    this.changed = changed;
    this.gone = gone;
  }

  /** No more steps; everything stays in memory. */
  public void pause() {
    send(new Command.Pause());
  }

  /** Steps again. */
  public void goOn() {
    send(new Command.GoOn());
  }

  /** Save and end. */
  public void stop() {
    send(new Command.Stop());
  }

  /** Save and end when the pass over the data is done. */
  public void stopAfterEpoch() {
    send(new Command.StopAfterEpoch());
  }

  /** Takes a stop back that was not carried out yet. */
  public void keepRunning() {
    run.withdrawStops();
    changed.run();
  }

  /** Save and go on. */
  public void saveNow() {
    run.send(new Command.SaveNow());
    services.dialogs().notify(Messages.text("run.saved"));
  }

  /** Ends the engine's process; the steps since the last checkpoint are lost. */
  public void endNow() {
    background(
        () -> {
          HoldingProcess.end(run);
          services.uiThread().execute(changed);
        });
  }

  /** Ends the engine and moves the run into the trash, with a way back. */
  public void discard() {
    background(
        () -> {
          if (EngineLock.held(run)) {
            run.send(new Command.End());
            if (!within(() -> !EngineLock.held(run))) {
              HoldingProcess.end(run);
            }
          }
          services.uiThread().execute(gone);
          Trash.Discarded discarded = Trash.discard(run);
          services.uiThread().execute(() -> discarded(discarded));
        });
  }

  private void discarded(Trash.Discarded discarded) {
    services.navigator().showRuns();
    services
        .dialogs()
        .offer(
            Messages.text("run.discarded", discarded.name()),
            Messages.text("run.discarded.undo"),
            () -> background(() -> restore(discarded)));
  }

  private void restore(Trash.Discarded discarded) {
    RunFolder back = Trash.restore(discarded);
    services.uiThread().execute(() -> services.navigator().showRun(back));
  }

  private void send(Command command) {
    run.send(command);
    changed.run();
  }

  private void background(Runnable work) {
    services
        .background()
        .execute(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                services.dialogs().show(Failure.of(e));
              }
            });
  }

  private static boolean within(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(100);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
