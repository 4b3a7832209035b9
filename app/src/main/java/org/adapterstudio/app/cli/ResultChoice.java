package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import picocli.CommandLine.Option;

/** Which of a run's results a command takes: the finished one, or a checkpoint. */
final class ResultChoice {
  @Option(names = "--checkpoint", paramLabel = "STEP", description = "Default: the run's result.")
  private Integer checkpoint;

  /** The checkpoint asked for, else the exported adapter, else the newest checkpoint. */
  Path of(RunFolder run) {
    boolean finished = checkpoint == null && Files.isDirectory(run.adapter());
    return finished ? run.adapter() : run.checkpoint(step(run));
  }

  /** The step of the checkpoint asked for, else of the newest. */
  int step(RunFolder run) {
    if (checkpoint != null) {
      if (!Files.isDirectory(run.checkpoint(checkpoint))) {
        throw StudioException.badInput(
            run.name() + " has no checkpoint at step " + checkpoint + ".",
            "It has: " + run.checkpointSteps() + ".");
      }
      return checkpoint;
    }
    return run.newestCheckpoint()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    run.name() + " has neither a result nor a checkpoint yet.",
                    "`studio save " + run.name() + "` makes a checkpoint of a live run."));
  }
}
