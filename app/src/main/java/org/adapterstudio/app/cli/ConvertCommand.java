package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio convert}: an adapter under another program's keys. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Reads an adapter in any known form and writes it in another, then reopens it and compares",
      "logits. Known forms: peft (a folder), kohya, lycoris, onetrainer, diffusers (one file each)."
    },
    footer = {
      "",
      "Examples:",
      "  studio convert my-adapter --model my-base --to kohya --out my-adapter.safetensors",
      "  studio convert found.safetensors --model my-base --to peft --out my-adapter"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "ADAPTER", description = "Folder, checkpoint or file.")
  private Path adapter;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The base.")
  private Path model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORM",
      description = "peft, kohya, lycoris, onetrainer or diffusers.")
  private String to;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "New file, or new folder for peft.")
  private Path out;

  @Mixin private QuantizationChoice quantization;
  @Mixin private JsonOutput json;

  ConvertCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request =
        new Request.Convert(
            paths.absolute(model),
            paths.absolute(adapter),
            to,
            paths.absolute(out),
            quantization.word());
    var done = new Answers(desk).ask(request, Reply.Exported.class, _ -> {});
    WrittenResult.print(desk, json, done);
    return Exit.OK;
  }
}
