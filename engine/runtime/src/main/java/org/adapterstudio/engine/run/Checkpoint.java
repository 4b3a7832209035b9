package org.adapterstudio.engine.run;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.tensor.Finite;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Trainer;

/**
 * A checkpoint folder: trained tensors, optimizer state, where the run stood, and a manifest with
 * the hash of each file. It is written beside, synced, and renamed into place, so that a folder
 * with its proper name is whole.
 */
public final class Checkpoint {
  private static final String TRAINED = StoredCheckpoint.TRAINED;
  private static final String OPTIMIZER = StoredCheckpoint.OPTIMIZER;
  private static final String STATE = StoredCheckpoint.STATE;
  private static final String MANIFEST = StoredCheckpoint.MANIFEST;

  /** Ends the name of a checkpoint that is being removed. */
  private static final String OLD = ".old.part";

  private Checkpoint() {}

  /**
   * Where the run stood.
   *
   * @param step last update made
   * @param bestEvalLoss lowest held-out loss so far; null before the first evaluation
   * @param bestStep step of that evaluation
   * @param trainSeconds spent in steps so far
   * @param adapter settings, so that the checkpoint can be attached by itself
   * @param purpose that the base was loaded for
   */
  public record State(
      int step,
      Double bestEvalLoss,
      int bestStep,
      double trainSeconds,
      Recipe.Adapter adapter,
      Purpose purpose) {
    /** Older checkpoints know of one purpose only. */
    public State {
      purpose = purpose == null ? Purpose.AS_STORED : purpose;
    }

    /** The state after one more step. */
    State after(int next, double seconds) {
      return new State(next, bestEvalLoss, bestStep, trainSeconds + seconds, adapter, purpose);
    }

    /** The same with a new lowest held-out loss. */
    State best(double loss, int at) {
      return new State(step, loss, at, trainSeconds, adapter, purpose);
    }

    /** The same without an evaluation so far. */
    State unjudged() {
      return new State(step, null, 0, trainSeconds, adapter, purpose);
    }

    /** The same for a base loaded for a purpose and the settings that its start settled on. */
    State of(Purpose other, Recipe.Adapter settled) {
      return new State(step, bestEvalLoss, bestStep, trainSeconds, settled, other);
    }
  }

  /** What the base must be loaded for, so that a checkpoint fits. */
  public static Purpose purpose(Path folder) {
    return state(folder).purpose();
  }

  /** Whether a folder is a checkpoint (rather than an exported adapter). */
  public static boolean is(Path folder) {
    return Files.exists(folder.resolve(STATE)) && Files.exists(folder.resolve(TRAINED));
  }

  /** Writes a checkpoint whole; returns its size in bytes. */
  static long write(RunFolder run, State state, AdaptedModel model, Trainer trainer) {
    Path beside = run.checkpoints().resolve("." + RunFolder.STEP + state.step() + ".part");
    Path place = run.checkpoint(state.step());
    try {
      if (sound(place) && state(place).adapter().equals(state.adapter())) {
        return StoredCheckpoint.size(place); // a stop right after a resume
      }
      delete(beside);
      Files.createDirectories(beside);
      AdapterFolder.save(beside.resolve(TRAINED), model);
      save(beside.resolve(OPTIMIZER), trainer.state());
      AtomicFile.write(beside.resolve(STATE), Json.pretty(state));
      AtomicFile.write(beside.resolve(MANIFEST), Json.pretty(StoredCheckpoint.hashes(beside)));
      remove(place); // an unsound one of the same step, or one of the ranks before
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
      AtomicFile.syncFolder(run.checkpoints());
      return StoredCheckpoint.size(place);
    } catch (IOException | UncheckedIOException | StudioException e) {
      delete(beside); // what is half written would only take the room
      throw e instanceof StudioException known && known.failure().kind().equals("non_finite")
          ? known
          : unwritten(state, e);
    }
  }

  private static StudioException unwritten(State state, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new StudioException(
        new Failure(
            Disk.FULL,
            "The checkpoint of step %d could not be written: %s."
                .formatted(state.step(), root.getMessage()),
            "Free some space on that disk; earlier checkpoints are intact.",
            ""),
        cause);
  }

  /** The newest checkpoint whose files have the hashes of its manifest. */
  static Optional<Path> newestSound(RunFolder run) {
    putBack(run);
    return run.checkpointSteps().reversed().stream()
        .map(run::checkpoint)
        .filter(Checkpoint::sound)
        .findFirst();
  }

  /** What a kill between the two renames of a replacement left aside is the newest there is. */
  private static void putBack(RunFolder run) {
    if (!Files.isDirectory(run.checkpoints())) {
      return;
    }
    try (var entries = Files.list(run.checkpoints())) {
      for (Path aside : entries.filter(entry -> entry.toString().endsWith(OLD)).toList()) {
        String name = aside.getFileName().toString();
        Path place = aside.resolveSibling(name.substring(1, name.length() - OLD.length()));
        if (!Files.exists(place) && sound(aside)) {
          Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads where the run stood. */
  static State state(Path folder) {
    return Json.as(Json.read(folder.resolve(STATE)), State.class);
  }

  /**
   * Puts a checkpoint's numbers back into model, optimizer and schedule.
   *
   * @param optimizer whether the optimizer's go on too; they start from zero otherwise
   */
  static void restore(Path folder, AdaptedModel model, Trainer trainer, boolean optimizer) {
    model.assign(trained(folder), folder.toString());
    Map<String, Values> stored = AdapterFolder.tensors(folder.resolve(OPTIMIZER));
    int step = state(folder).step();
    if (!optimizer) {
      trainer.resume(step, () -> assign(scheduled(trainer.state()), stored));
      trainer.restart(step);
      return;
    }
    trainer.resume(
        step,
        () -> {
          if (trainer.counts(stored.keySet())) {
            trainer.restart(step); // moments that once started anew count their steps from there
          }
          assign(trainer.state(), stored);
        });
  }

  private static SequencedMap<String, NDArray> scheduled(SequencedMap<String, NDArray> state) {
    var scheduled = new LinkedHashMap<>(state);
    scheduled.keySet().removeIf(name -> !name.startsWith(Trainer.SCHEDULE));
    return scheduled;
  }

  private static void assign(Map<String, NDArray> arrays, Map<String, Values> stored) {
    try (Scope work = Kernels.get().inference()) {
      arrays.forEach(
          (name, array) -> {
            Values values = stored.get(name);
            if (values != null) { // a count of steps that was never started anew stays zero
              work.call("assign", array, work.floats(values.data(), values.shape()));
            }
          });
    }
  }

  /** Attaches a checkpoint to a base, to chat with or export. */
  public static AdaptedModel attach(BaseModel base, Path folder) {
    return AdapterFolder.attach(base, state(folder).adapter(), trained(folder), folder.toString());
  }

  /**
   * How a run that goes on from a checkpoint attaches: with its settings, its numbers to come.
   *
   * @param dropout of the recipe, which a branch may have changed
   */
  static AdaptedModel resume(BaseModel base, Path folder, long seed, double dropout) {
    Recipe.Adapter settings = dropping(state(folder).adapter(), dropout);
    var start = Attachment.Start.under(settings, trained(folder).keySet());
    return AdaptedModel.attach(base, settings, seed, start);
  }

  private static Recipe.Adapter dropping(Recipe.Adapter settings, double dropout) {
    return new Recipe.Adapter(
        settings.method(),
        settings.rank(),
        settings.alpha(),
        dropout,
        settings.targetModules(),
        settings.layersToTransform(),
        settings.rankPattern(),
        settings.alphaPattern(),
        settings.modulesToSave(),
        settings.bias(),
        settings.knobs(),
        settings.initializer());
  }

  private static Map<String, Values> trained(Path folder) {
    return AdapterFolder.tensors(folder.resolve(TRAINED));
  }

  /**
   * Removes all but the newest {@code keep} and the best, and what a crash left half-written. Where
   * the best was not saved, the last one before it stands for it.
   */
  static void prune(RunFolder run, int keep, int bestStep) {
    List<Integer> steps = run.checkpointSteps();
    int best = steps.stream().filter(step -> step <= bestStep).reduce(-1, (_, last) -> last);
    steps.stream()
        .limit(Math.max(0, steps.size() - Math.max(1, keep)))
        .filter(step -> step != best)
        .forEach(step -> remove(run.checkpoint(step)));
    try (var entries = Files.list(run.checkpoints())) {
      entries.filter(entry -> entry.toString().endsWith(".part")).forEach(Checkpoint::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean sound(Path folder) {
    return StoredCheckpoint.sound(folder);
  }

  private static void save(Path file, SequencedMap<String, NDArray> arrays) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    arrays.forEach((name, array) -> entries.put(name, AdapterFolder.entry(array)));
    SafetensorsWriter.write(file, Finite.checked("The optimizer's state", entries), Map.of());
  }

  /** Renames first, so that a kill between two deletions leaves no part under a proper name. */
  private static void remove(Path checkpoint) {
    if (!Files.exists(checkpoint)) {
      return;
    }
    Path aside = checkpoint.resolveSibling("." + checkpoint.getFileName() + OLD);
    delete(aside);
    try {
      Files.move(checkpoint, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(aside);
  }

  /** Puts a folder that is whole in the place of another, which goes. */
  static void replace(Path place, Path whole) {
    remove(place);
    try {
      Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.syncFolder(place.getParent());
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
