package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code studio logits}: how anyone can prove that the engine agrees with another. */
@Command(
    name = "logits",
    mixinStandardHelpOptions = true,
    description = {
      "Runs inputs of a safetensors file through a model and writes its logits.",
      "Reads input_ids and, if present, attention_mask and labels; with labels it prints the loss."
    },
    footer = {
      "",
      "Example:",
      "  studio logits --model base --adapter adapter --inputs in.safetensors --out out.safetensors"
    })
final class LogitsCommand implements Callable<Integer> {
  private final Desk desk;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Base model folder.")
  private Path model;

  @Option(names = "--adapter", paramLabel = "DIR", description = "Adapter or checkpoint folder.")
  private Path adapter;

  @Option(names = "--inputs", required = true, paramLabel = "FILE", description = "What to read.")
  private Path inputs;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "What to write.")
  private Path out;

  @Option(
      names = "--dtype",
      paramLabel = "D",
      defaultValue = "float32",
      description = "Compute dtype: float32, bfloat16, float16. Default: ${DEFAULT-VALUE}.")
  private String dtype;

  @Option(names = "--threads", defaultValue = "0", description = "CPU threads; 0: all cores.")
  private int threads;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  LogitsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request =
        new Request.Logits(
            paths.absolute(model),
            paths.absolute(adapter),
            paths.absolute(inputs),
            paths.absolute(out),
            dtype,
            threads);
    var written = new Answers(desk).ask(request, Reply.LogitsWritten.class, _ -> {});
    if (json) {
      desk.out().print(Json.pretty(written));
    } else {
      desk.out().printf("%s  logits %s%n", written.path(), written.shape());
      if (written.loss() != null) {
        desk.out().printf("loss %s%n", written.loss());
      }
    }
    desk.out().flush();
    return Exit.OK;
  }
}
