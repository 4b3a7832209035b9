package org.adapterstudio.app.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** Runs of other programs become run folders whose curves can be looked at and compared. */
public final class Import {
  private Import() {}

  /**
   * What was read.
   *
   * @param run the new folder
   * @param program that made the run
   * @param steps the last step told
   * @param unread settings that mean nothing here, by their names there
   * @param untold fields of the recipe that were not told; it shows defaults there
   */
  public record Done(
      String run, String program, int steps, List<String> unread, List<String> untold) {}

  /**
   * Reads a folder of LLaMA Board or of the Hugging Face trainer.
   *
   * @param runs folder that the new run is made in
   * @param name of the new run; null takes the folder's
   */
  public static Done read(Path folder, Path runs, String name) {
    if (!Files.isDirectory(folder)) {
      throw StudioException.badInput(folder + " is not a folder.", "Check the path.");
    }
    ForeignRun foreign = foreign(folder.toAbsolutePath().normalize());
    if (foreign.rows().isEmpty()) {
      throw StudioException.badInput(
          "The log in " + folder + " has no rows: the run ended before its first one.",
          "Choose another folder.");
    }
    RunFolder run = foreign.write(Runs.fresh(runs, name == null ? name(foreign.folder()) : name));
    int steps = foreign.rows().stream().mapToInt(row -> row.path("step").asInt()).max().orElse(0);
    var settings = foreign.settings();
    return new Done(
        run.path().toString(), foreign.program(), steps, settings.unread(), settings.untold());
  }

  private static ForeignRun foreign(Path folder) {
    if (LlamaBoardFolder.is(folder)) {
      return LlamaBoardFolder.read(folder);
    }
    return TrainerFolder.find(folder)
        .map(TrainerFolder::read)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    folder
                        + " holds neither trainer_log.jsonl (LLaMA Board) nor trainer_state.json"
                        + " (Hugging Face).",
                    "Choose a folder saves/<model>/<method>/train_..., or a checkpoint-N."));
  }

  /** A checkpoint's own name says nothing of the run. */
  private static String name(Path folder) {
    String own = folder.getFileName().toString();
    Path parent = folder.getParent();
    boolean checkpoint = own.matches("checkpoint-\\d+") && parent.getFileName() != null;
    return checkpoint ? parent.getFileName() + "-" + own : own;
  }
}
