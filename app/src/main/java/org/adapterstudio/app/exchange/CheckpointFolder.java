package org.adapterstudio.app.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.run.RunHistory;

/**
 * What makes an adapter's folder a {@code checkpoint-N} of the Hugging Face trainer: its state, and
 * a word on what is missing.
 */
public final class CheckpointFolder {
  /** What a reader must know, as the command says it too. */
  public static final String NOT_RESUMABLE =
      "Transformers and PEFT can read it, but not resume from it: the optimizer's state is not in"
          + " it.";

  private static final String README = "README.md";

  private CheckpointFolder() {}

  /** The name such a folder must have. */
  public static String name(int step) {
    return "checkpoint-" + step;
  }

  /** Adds the trainer's state as of a step to an adapter that is there. */
  public static void complete(Path folder, RunHistory run, int step) {
    AtomicFile.write(folder.resolve("trainer_state.json"), TrainerState.of(run, step));
    AtomicFile.write(folder.resolve(README), card(folder.resolve(README)) + note(step));
  }

  private static String card(Path readme) {
    try {
      return Files.exists(readme) ? Files.readString(readme).stripTrailing() + "\n\n" : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String note(int step) {
    return """
    ## What this folder can do

    The adapter and the log (`trainer_state.json`) as of step %d, in the form of a checkpoint of the
    Hugging Face trainer. %s That state is kept in the run's own checkpoints, as safetensors; a
    pickled file would run code when it is read. `total_flos` was not measured and is 0.
    """
        .formatted(step, NOT_RESUMABLE);
  }
}
