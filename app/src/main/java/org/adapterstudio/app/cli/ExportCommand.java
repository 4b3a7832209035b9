package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
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
      "answer as the run did; --quantization none merges into the base as its files have it."
    },
    footer = {
      "",
      "Examples:",
      "  studio export first-adapter --as adapter --out my-adapter",
      "  studio export first-adapter --as merged --out my-model",
      "  studio export first-adapter --checkpoint 40 --as adapter --out early-adapter",
      "  studio export first-adapter --as adapter --form lora --rank 8 --out small-adapter"
    })
final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  enum What {
    ADAPTER,
    MERGED
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

  @Option(names = "--as", required = true, paramLabel = "WHAT", description = "adapter or merged.")
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
    var request =
        new Request.Export(
            run.recipe().model().path(),
            result.of(run).toString(),
            word(what),
            new Paths(desk.folder()).absolute(out),
            form == Form.OWN ? null : new Request.Export.Form(word(form), rank, energy),
            quantization.word());
    var done = new Answers(desk).ask(request, Reply.Exported.class, _ -> {});
    json.print(
        desk,
        done,
        () ->
            desk.out()
                .printf(
                    "%s  %s, largest logit difference after reopening %.1e%s%n",
                    done.path(), Words.size(done.bytes()), done.maxLogitError(), left(done)));
    return Exit.OK;
  }

  private void check() {
    if (form != Form.OWN && what == What.MERGED) {
      throw StudioException.badInput(
          "--form says how an adapter is written, and --as is merged.", "Use --as adapter.");
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

  private static String left(Reply.Exported done) {
    return done.lost() == null
        ? ""
        : String.format(Locale.ROOT, "; %.2f %% of the change is left out", 100 * done.lost());
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
