package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.adapterstudio.app.exchange.CheckpointFolder;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio export}: a run's result in a form other programs read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a run's adapter, or its base with the adapter merged in, as a Hugging Face folder.",
      "Then it reopens the folder and compares its logits with the run's.",
      "",
      "Forms of an adapter: own, as its method keeps it; lora, a plain LoRA on the original base,",
      "exact where the method is one, else the best of --rank or --energy with what it leaves",
      "out; residual, what is left of the base beside the adapter; delta, the dense change.",
      "",
      "Of a run on a quantized base, merged and delta hold what its codes stand for, so that they",
      "answer as the run did; --quantization none merges into the base as its files have it.",
      "",
      "A checkpoint is the folder checkpoint-N of the Hugging Face trainer in --out: adapter and",
      "trainer_state.json. It can be read there, but not resumed."
    },
    footer = {
      "",
      "Examples:",
      "  studio export first-adapter --as adapter --out my-adapter",
      "  studio export first-adapter --as merged --out my-model",
      "  studio export first-adapter --checkpoint 40 --as adapter --out early-adapter",
      "  studio export first-adapter --as adapter --form lora --rank 8 --out small-adapter",
      "  studio export first-adapter --checkpoint 40 --as checkpoint --out for-transformers"
    })
final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  enum What {
    ADAPTER,
    MERGED,
    CHECKPOINT
  }

  /** Forms of an adapter. */
  enum Form {
    OWN,
    LORA,
    RESIDUAL,
    DELTA
  }

  private final Desk desk;
  @Mixin private RunChoice choice;
  @Mixin private ResultChoice result;
  @Mixin private QuantizationChoice quantization;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "WHAT",
      description = "adapter, merged or checkpoint.")
  private What what;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "own",
      description = "Of an adapter: own, lora, residual or delta. Default: own.")
  private Form form;

  @Option(
      names = "--rank",
      paramLabel = "K",
      description = "With --form lora: most components of a layer.")
  private Integer rank;

  @Option(
      names = "--energy",
      paramLabel = "SHARE",
      description = "With --form lora: share of the squared singular values to keep, up to 1.")
  private Double energy;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
  private Path out;

  @Mixin private JsonOutput json;

  ExportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    check();
    RunFolder run = choice.find(desk);
    if (what == What.CHECKPOINT) {
      return checkpoint(run);
    }
    Path folder = desk.folder().resolve(out).normalize();
    Reply.Exported done = export(run, result.of(run), word(what), folder);
    WrittenResult.print(desk, json, done);
    return Exit.OK;
  }

  private Reply.Exported export(RunFolder run, Path from, String as, Path folder) {
    var request =
        new Request.Export(
            run.recipe().model().path(),
            from.toString(),
            as,
            folder.toString(),
            form == Form.OWN ? null : new Request.Export.Form(word(form), rank, energy),
            quantization.word());
    return new Answers(desk).ask(request, Reply.Exported.class, _ -> {});
  }

  private int checkpoint(RunFolder run) {
    int step = result.step(run);
    Path folder = desk.folder().resolve(out).normalize().resolve(CheckpointFolder.name(step));
    Reply.Exported done = export(run, run.checkpoint(step), "adapter", folder);
    CheckpointFolder.complete(folder, RunHistory.of(run), step);
    json.print(
        desk,
        done,
        () ->
            desk.out()
                .printf(
                    "%s  %s%n%s%n",
                    done.path(), Words.size(done.bytes()), CheckpointFolder.NOT_RESUMABLE));
    return Exit.OK;
  }

  private void check() {
    if (form != Form.OWN && what != What.ADAPTER) {
      throw StudioException.badInput(
          "--form says how an adapter is written, and --as is " + word(what) + ".",
          "Use --as adapter.");
    }
    if (form != Form.LORA && (rank != null || energy != null)) {
      throw StudioException.badInput("--rank and --energy belong to --form lora.", "Add it.");
    }
    if (rank != null && rank < 1) {
      throw StudioException.badInput("--rank is " + rank + ".", "Use a number from 1.");
    }
    if (energy != null && !(energy > 0 && energy <= 1)) {
      throw StudioException.badInput("--energy is " + energy + ".", "Use a number up to 1.");
    }
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
