package org.adapterstudio.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Command.Stop;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.Figures;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.Sha256;
import org.adapterstudio.contract.run.StoredCheckpoint;

/** Trains a run again in a temporary folder and compares what came out. */
final class Rerun {
  private final Desk desk;
  private final RunFolder run;

  Rerun(Desk desk, RunFolder run) {
    this.desk = desk;
    this.run = run;
  }

  /**
   * What a re-run showed.
   *
   * @param steps compared
   * @param firstDifferent first step whose loss is another; 0 where none is
   * @param adapter whether the adapters are the same bytes; null where they were not compared
   */
  record Result(boolean equal, int steps, int firstDifferent, Boolean adapter, String verdict) {}

  /** Makes at most so many steps again. */
  Result compare(int most) {
    RunHistory before = RunHistory.of(run);
    TreeMap<Integer, Double> losses = losses(before);
    if (losses.isEmpty()) {
      throw StudioException.badInput(
          "The run " + run.name() + " has made no step that could be made again.",
          "Train it first.");
    }
    int last = last(before, losses, most);
    Path folder = temporary();
    try {
      RunFolder again = copy(folder.resolve(run.name()));
      train(again, last, losses.lastKey());
      return result(again, losses, last);
    } finally {
      delete(folder);
    }
  }

  /** Ranks that were changed by hand while it trained are not changed again. */
  private static int last(RunHistory before, TreeMap<Integer, Double> losses, int most) {
    int first = losses.firstKey();
    int last = most == Integer.MAX_VALUE ? losses.lastKey() : first - 1 + most;
    return before.all(Event.RankChanged.class).stream()
        .map(Event.RankChanged::step)
        .reduce(Math.min(last, losses.lastKey()), Math::min);
  }

  private RunFolder copy(Path folder) {
    RunFolder again = RunFolder.create(folder, run.recipe());
    Origin.of(run)
        .ifPresent(
            origin -> {
              bring(start(origin), again.checkpoint(origin.step()));
              origin.write(again);
            });
    Amendments.of(run).extensions().write(again);
    Adjustments.carry(run, again);
    return again;
  }

  /** The checkpoint that a branch started from, in its own folder or in the other run's. */
  private Path start(Origin origin) {
    return List.of(run, new RunFolder(Path.of(origin.path()))).stream()
        .map(from -> from.checkpoint(origin.step()))
        .filter(StoredCheckpoint::sound)
        .filter(folder -> hash(folder).equals(origin.checkpoint()))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "The checkpoint of step %d that %s was branched from is gone."
                        .formatted(origin.step(), run.name()),
                    "Verify the run " + origin.name() + " instead."));
  }

  private static String hash(Path checkpoint) {
    return StoredCheckpoint.read(checkpoint).map(StoredCheckpoint::hash).orElse("");
  }

  private void train(RunFolder again, int last, int whole) {
    var progress = new ProgressLine(desk.err(), desk.terminal());
    desk.runs().launch(again);
    boolean[] asked = {false};
    try (var _ = desk.interrupts().listen(() -> again.send(new Stop()))) {
      Live.await(
          again,
          history -> {
            progress.show("trained again: step %d of %d".formatted(history.step(), last));
            if (history.step() >= last && last < whole && !asked[0]) {
              asked[0] = true;
              again.send(new Stop());
            }
            return !history.state().live();
          });
    }
    progress.clear();
    RunHistory.of(again)
        .last(Event.Failed.class)
        .ifPresent(
            failed -> {
              throw new StudioException(failed.failure());
            });
  }

  private Result result(RunFolder again, TreeMap<Integer, Double> losses, int last) {
    TreeMap<Integer, Double> made = losses(RunHistory.of(again));
    int compared = 0;
    int different = 0;
    for (var one : losses.headMap(last, true).entrySet()) {
      if (made.containsKey(one.getKey()) && different == 0) {
        compared++;
        different = made.get(one.getKey()).equals(one.getValue()) ? 0 : one.getKey();
      }
    }
    Boolean adapter = null;
    if (ended(run) && ended(again)) {
      adapter = results(run).equals(results(again));
    }
    boolean equal = compared > 0 && different == 0 && !Boolean.FALSE.equals(adapter);
    String words = words(losses, made, compared, different, adapter);
    return new Result(equal, compared, different, adapter, words);
  }

  private static boolean ended(RunFolder run) {
    return RunHistory.of(run).state() == RunState.FINISHED;
  }

  private static String words(
      TreeMap<Integer, Double> losses,
      TreeMap<Integer, Double> made,
      int compared,
      int different,
      Boolean adapter) {
    if (different > 0) {
      return "Step %d came out differently: loss %s then, %s now. `studio verify RUN` tells why."
          .formatted(
              different, Figures.loss(losses.get(different)), Figures.loss(made.get(different)));
    }
    String same = "All %d steps came out the same bit for bit".formatted(compared);
    if (adapter == null) {
      return same + "; the adapters were not compared, because not both runs are whole.";
    }
    return adapter ? same + ", and so did the adapter." : same + ", but the adapter is another.";
  }

  private static TreeMap<Integer, Double> losses(RunHistory history) {
    var losses = new TreeMap<Integer, Double>();
    history.all(Event.Step.class).forEach(step -> losses.put(step.step(), step.loss()));
    return losses;
  }

  /** Hashes of the tensors that a run left; texts beside them tell of memory and time. */
  private static TreeMap<String, String> results(RunFolder run) {
    var hashes = new TreeMap<String, String>();
    for (Path folder : List.of(run.adapter(), run.model())) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.list(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
            hashes.put(run.path().relativize(file).toString(), Sha256.of(file));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return hashes;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("studio-rerun");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void bring(Path from, Path to) {
    try (var files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // a file that the ending engine still writes; it lies in the system's temporary folder
    }
  }
}
