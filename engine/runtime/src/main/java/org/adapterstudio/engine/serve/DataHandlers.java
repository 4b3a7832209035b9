package org.adapterstudio.engine.serve;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.data.Columns;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.kernel.ComputeDevice;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.plan.Load;
import org.adapterstudio.engine.plan.Planner;
import org.adapterstudio.engine.plan.StartCost;
import org.adapterstudio.engine.run.Threads;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.task.Measure;
import org.adapterstudio.engine.task.Tasks;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/** Answers about data: how rows look, what would run, how well a model answers them. */
final class DataHandlers {
  private final Models models;
  private final Recent<List<Object>, Counts> counts = new Recent<>();
  private final Recent<List<Object>, Reply> previews = new Recent<>();

  DataHandlers(Models models) {
    this.models = models;
  }

  /** What a plan needs to know of the rows. */
  private record Counts(
      int trainRows, int evalRows, int microBatchesPerEpoch, Optional<Load> load) {
    static final Counts NONE = new Counts(0, 0, 1, Optional.empty());
  }

  Reply preview(Request.PreviewData request, Call call) {
    var key = dataKey(request.recipe());
    key.add(request.rows());
    try {
      return previews.get(key, () -> readPreview(request, call));
    } catch (StudioException e) {
      return unclear(request.recipe().data(), e);
    }
  }

  /** Data that cannot be used as it is, with its columns, so that they can be mapped. */
  private static Reply unclear(Recipe.Data data, StudioException cause) {
    List<String> columns = Columns.of(data);
    if (columns.isEmpty() || cause.failure().kind().equals("cancelled")) {
      throw cause;
    }
    var problem = new Problem("data", cause.failure().text());
    return new Reply.DataPreviewed(
        "", columns, 0, 0, List.of(), 0, 0, 0, List.of(), List.of(), List.of(problem));
  }

  private static Reply readPreview(Request.PreviewData request, Call call) {
    Recipe recipe = request.recipe();
    Path model = modelOf(recipe);
    return Tasks.of(recipe).preview(recipe, model, request.rows(), progress(call, "reading"));
  }

  private static Counts readCounts(Recipe recipe, Call call) {
    try (Lesson lesson = Tasks.lesson(recipe, progress(call, "reading"))) {
      var extent = lesson.extent();
      Rows heaviest = lesson.heaviest();
      Network network = Networks.read(modelOf(recipe), lesson.purpose());
      var load = Load.of(network, heaviest.inputs(), heaviest.labels(), extent.evalRows());
      return new Counts(
          extent.trainRows(), extent.evalRows(), extent.microBatchesPerEpoch(), Optional.of(load));
    }
  }

  /** Everything the rows depend on: settings, and the files as they are now. */
  private static List<Object> dataKey(Recipe recipe) {
    var training = recipe.training();
    var key = new ArrayList<Object>();
    key.add(recipe.data());
    key.add(recipe.model().task());
    key.add(training.perDeviceTrainBatchSize());
    key.add(training.seed());
    for (String file : new String[] {recipe.data().train(), recipe.data().eval()}) {
      key.add(file == null ? 0L : state(Path.of(file)));
    }
    Path model = modelOf(recipe);
    key.add(model);
    key.add(Tokenizer.changed(model));
    key.add(model.resolve("preprocessor_config.json").toFile().lastModified());
    return key;
  }

  /** Times and sizes that change when the data does; of a folder also those of its folders. */
  private static Object state(Path place) {
    File[] children = place.toFile().listFiles(File::isDirectory);
    var state =
        new ArrayList<Long>(List.of(place.toFile().lastModified(), place.toFile().length()));
    for (File child : children == null ? new File[0] : children) {
      state.add(child.lastModified());
    }
    return state;
  }

  private static Reply.Planned.Calibration calibration(
      Recipe recipe, Network network, Counts rows) {
    return StartCost.of(recipe, network, rows.microBatchesPerEpoch()).orElse(null);
  }

  Reply plan(Request.Plan request, Call call) {
    Recipe recipe = request.recipe();
    var problems = new ArrayList<Problem>();
    Network network = Networks.read(modelOf(recipe));
    long trainable =
        attempt(problems, "adapter", () -> Planner.trainable(recipe.adapter(), network));
    long disk = problems.isEmpty() ? Planner.diskBytes(recipe) : 0;
    var rows = new AtomicReference<>(Counts.NONE);
    attempt(
        problems,
        "data",
        () -> {
          rows.set(counts.get(dataKey(recipe), () -> readCounts(recipe, call)));
          return 0L;
        });
    attempt(
        problems,
        "training.device",
        () -> {
          ComputeDevice.choose(recipe.training().device());
          return 0L;
        });
    Load load = rows.get().load().orElseGet(() -> Load.worst(recipe, network));
    var memory = new AtomicReference<>(Reply.Memory.NONE);
    if (trainable > 0) {
      attempt(
          problems,
          "model",
          () -> {
            memory.set(Planner.memory(recipe, network, load));
            return 0L;
          });
    }
    int steps =
        rows.get().trainRows() == 0
            ? 0
            : Trainer.totalSteps(recipe.training(), rows.get().microBatchesPerEpoch());
    long free = free(Runs.folder(Path.of("")));
    if (disk > free) {
      problems.add(
          new Problem(
              "output",
              "needs about "
                  + disk / 1_000_000
                  + " MB of disk, "
                  + free / 1_000_000
                  + " MB are free"));
    }
    return new Reply.Planned(
        problems,
        steps,
        rows.get().trainRows(),
        rows.get().evalRows(),
        trainable,
        network.parameterCount(),
        memory.get(),
        disk,
        free,
        trainable == 0 ? null : calibration(recipe, network, rows.get()));
  }

  Reply score(Request.Score request, Call call) {
    Threads.use(request.threads());
    Recipe recipe = over(request.recipe(), request.file());
    Path folder = modelOf(recipe);
    var wanted =
        new Models.Wanted(
            folder.toString(),
            request.adapter(),
            recipe.model().dtype(),
            recipe.model().quantization());
    try (Lesson lesson = Tasks.lesson(recipe, progress(call, "reading"));
        var borrowed = models.borrow(wanted, call)) {
      Measure measure = lesson.evaluate(borrowed.model()).orElse(Measure.of(Double.NaN));
      var scores = new LinkedHashMap<>(measure.scores());
      if (scores.isEmpty()) {
        LoadProgress answering = progress(call, "answering");
        share(lesson.answers(borrowed.model(), request.maxTokens(), answering))
            .ifPresent(share -> scores.put("exact_match", share));
      }
      return new Reply.Scored(lesson.extent().evalRows(), measure.loss(), scores);
    }
  }

  /** Share of answers that are the wanted ones; nothing where none were asked for. */
  private static OptionalDouble share(List<Lesson.Answered> answers) {
    return answers.stream()
        .mapToInt(one -> one.written().strip().equals(one.wanted().strip()) ? 1 : 0)
        .average();
  }

  /** The recipe with one file as both training and held-out rows: only the latter are scored. */
  private static Recipe over(Recipe recipe, String file) {
    Recipe.Data data = recipe.data();
    return new Recipe(
        recipe.version(),
        recipe.name(),
        recipe.model(),
        new Recipe.Data(
            file,
            file,
            data.evalFraction(),
            data.format(),
            data.columns(),
            data.chatTemplate(),
            data.maxLength(),
            false,
            data.skipBadRows()),
        recipe.adapter(),
        recipe.training(),
        recipe.sampling());
  }

  private static Path modelOf(Recipe recipe) {
    if (recipe.model().path() == null) {
      throw StudioException.badInput(
          "model.path is missing.", "Choose a base model: a Hugging Face folder.");
    }
    return Path.of(recipe.model().path());
  }

  private static long attempt(
      List<Problem> problems, String field, java.util.function.Supplier<Long> work) {
    try {
      return work.get();
    } catch (StudioException e) {
      if (e.failure().kind().equals("cancelled")) {
        throw e;
      }
      problems.add(new Problem(field, e.failure().text()));
      return 0;
    }
  }

  private static LoadProgress progress(Call call, String phase) {
    return new LoadProgress() {
      @Override
      public void report(long done, long total) {
        if (done % 256 == 0 || done == total) {
          call.progress(phase, done, total, "rows");
        }
      }

      @Override
      public boolean cancelled() {
        return call.cancelled().get();
      }
    };
  }

  private static long free(Path folder) {
    try {
      Path existing = folder.toAbsolutePath();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
