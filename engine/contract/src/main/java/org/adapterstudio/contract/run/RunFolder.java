package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;

/**
 * A run on disk: the only truth about it.
 *
 * <pre>
 * recipe.json    frozen at creation
 * amendments.json  extensions and rewinds of this run, in order
 * origin.json    the checkpoint that a branch started from
 * seal.json      hashes and versions of everything the run was made of
 * set-aside/     what a rewind or an extension took out of the way
 * events.jsonl   append-only, one event a line
 * inbox/         commands, renamed into place
 * adjustments/   learning rate and the like, changed at a resume
 * checkpoints/   step-N folders, written beside, hashed, renamed into place
 * adapter/       the exported adapter
 * engine.lock    an OS lock the engine holds for life
 * engine.json    pid and versions, for showing only
 * directions.safetensors  where the layers' updates pointed when first measured
 * heartbeat      rewritten every two seconds by a thread of its own
 * engine.log     the engine's own log
 * </pre>
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {
  /** Prefix of checkpoint folders. */
  public static final String STEP = "step-";

  public RunFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** Creates the folder and freezes the recipe in it; refuses a folder that already is a run. */
  public static RunFolder create(Path path, Recipe recipe) {
    var run = new RunFolder(path);
    if (Files.exists(run.recipeFile())) {
      throw StudioException.badInput(
          path + " already holds a run.", "Choose another --out, or use `studio resume`.");
    }
    try {
      Files.createDirectories(run.inbox());
      Files.createDirectories(run.checkpoints());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RecipeFile.write(run.recipeFile(), recipe.name() == null ? recipe.named(run.name()) : recipe);
    return run;
  }

  /** Opens an existing run. */
  public static RunFolder open(Path path) {
    var run = new RunFolder(path);
    if (!Files.isRegularFile(run.recipeFile())) {
      throw StudioException.badInput(
          path + " is not a run: it has no recipe.json.", "Give a run folder or a run's name.");
    }
    return run;
  }

  /** Refuses a run that another program made: there is nothing to go on from. */
  public void refuseImported() {
    if (EventLog.first(events()).orElse(null) instanceof Event.Imported imported) {
      throw StudioException.badInput(
          "The run %s was made by %s; it can be looked at, not resumed."
              .formatted(name(), imported.program()),
          "Start a new run with its settings.");
    }
  }

  /** The folder's own name. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The frozen recipe's file. */
  public Path recipeFile() {
    return path.resolve("recipe.json");
  }

  /** The frozen recipe. */
  public Recipe recipe() {
    return RecipeFile.read(recipeFile());
  }

  /** The event log's file. */
  public Path events() {
    return path.resolve("events.jsonl");
  }

  /** Extensions and rewinds, in order. */
  public Path amendments() {
    return path.resolve("amendments.json");
  }

  /** What a branch started from. */
  public Path origin() {
    return path.resolve("origin.json");
  }

  /** Hashes and versions of everything the run was made of. */
  public Path seal() {
    return path.resolve("seal.json");
  }

  /** What a rewind or an extension took out of the way. */
  public Path setAside() {
    return path.resolve("set-aside");
  }

  /** The merged model, where the method trains the base. */
  public Path model() {
    return path.resolve("model");
  }

  /** Where commands arrive. */
  public Path inbox() {
    return path.resolve("inbox");
  }

  /** Where checkpoints live. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The exported adapter. */
  public Path adapter() {
    return path.resolve("adapter");
  }

  /** The file whose OS lock means "the engine lives". */
  public Path lockFile() {
    return path.resolve("engine.lock");
  }

  /** Pid and versions, for showing only. */
  public Path engineFile() {
    return path.resolve("engine.json");
  }

  /** Rewritten every two seconds while the engine lives. */
  public Path heartbeat() {
    return path.resolve("heartbeat");
  }

  /** Bases of the column spaces that the layers' updates had when they were first measured. */
  public Path directions() {
    return path.resolve("directions.safetensors");
  }

  /** The engine's own log. */
  public Path log() {
    return path.resolve("engine.log");
  }

  /** Drops a command into the inbox, whole or not at all. */
  public void send(Command command) {
    String name = "%d-%s.json".formatted(System.currentTimeMillis(), UUID.randomUUID());
    try {
      Files.createDirectories(inbox()); // a copied folder may have lost its empty ones
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(inbox().resolve(name), Json.line(command));
  }

  /**
   * A command that no engine has carried out yet.
   *
   * @param at when it was sent
   */
  public record Asked(Command command, Instant at, Path file) {}

  /** Commands that wait in the inbox or are being carried out, oldest first. */
  public List<Asked> asked() {
    if (!Files.isDirectory(inbox())) {
      return List.of();
    }
    try (var letters = Files.list(inbox())) {
      return letters
          .filter(file -> file.getFileName().toString().matches("\\d+-.*\\.json"))
          .sorted()
          .flatMap(file -> asked(file).stream())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // the folder goes away
    }
  }

  private static Optional<Asked> asked(Path file) {
    String name = file.getFileName().toString();
    long millis = Long.parseLong(name.substring(0, name.indexOf('-')));
    try {
      Command command = Json.as(Json.read(file), Command.class);
      return Optional.of(new Asked(command, Instant.ofEpochMilli(millis), file));
    } catch (StudioException | UncheckedIOException e) {
      return Optional.empty(); // carried out between listing and reading
    }
  }

  /** Takes back stops that no engine has carried out yet; whether there was one. */
  public boolean withdrawStops() {
    boolean withdrawn = false;
    for (Asked asked : asked()) {
      Command command = asked.command();
      boolean stop = command instanceof Command.StopAfterEpoch || command.ends();
      withdrawn |= stop && withdraw(asked);
    }
    return withdrawn;
  }

  private static boolean withdraw(Asked asked) {
    try {
      return Files.deleteIfExists(asked.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Steps of the checkpoints that are in place, ascending; whether each is sound is not asked. */
  public List<Integer> checkpointSteps() {
    if (!Files.isDirectory(checkpoints())) {
      return List.of();
    }
    try (var folders = Files.list(checkpoints())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches(STEP + "\\d+"))
          .map(name -> Integer.parseInt(name.substring(STEP.length())))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of one checkpoint. */
  public Path checkpoint(int step) {
    return checkpoints().resolve(STEP + step);
  }

  /** The newest checkpoint's step, if any. */
  public Optional<Integer> newestCheckpoint() {
    return checkpointSteps().reversed().stream().findFirst();
  }
}
