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
    if (checkpoint != null) {
      Path folder = run.checkpoint(checkpoint);
      if (!Files.isDirectory(folder)) {
        throw StudioException.badInput(
            run.name() + " has no checkpoint at step " + checkpoint + ".",
            "It has: " + run.checkpointSteps() + ".");
      }
      return folder;
    }
    if (Files.isDirectory(run.adapter())) {
      return run.adapter();
    }
    return run.newestCheckpoint()
        .map(run::checkpoint)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    run.name() + " has neither a result nor a checkpoint yet.",
                    "`studio save " + run.name() + "` makes a checkpoint of a live run."));
  }
}
