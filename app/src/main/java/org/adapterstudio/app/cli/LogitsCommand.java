package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio logits}: how anyone can prove that the engine agrees with another. */
@Command(
    name = "logits",
    mixinStandardHelpOptions = true,
    description = {
      "Runs inputs of a safetensors file through a model and writes its outputs as another."
    },
    footer = {
      "",
      "Inputs, under Hugging Face's names; a model takes those of its kind:",
      "  input_ids          whole numbers [rows, tokens]                        text",
      "  attention_mask     1 for a token, 0 for padding, like input_ids        text",
      "  token_type_ids     number of the sentence, like input_ids              text encoders",
      "  decoder_input_ids  whole numbers [rows, tokens]                        encoder-decoders",
      "  pixel_values       numbers [rows, channels, height, width]             pictures",
      "  input_features     log-mel numbers [rows, bands, frames]               sound",
      "  labels             what is wanted; with them the loss is printed",
      "",
      "Outputs: logits, in float32; of twin towers such as CLIP logits_per_image, image_embeds",
      "and text_embeds.",
      "",
      "Example:",
      "  studio logits --model base --adapter adapter --inputs in.safetensors --out out.safetensors"
    })
final class LogitsCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private ModelChoice model;

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

  @Mixin private JsonOutput json;

  LogitsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request =
        new Request.Logits(
            model.model(paths),
            model.adapter(paths),
            paths.absolute(inputs),
            paths.absolute(out),
            dtype,
            model.threads(),
            model.quantization());
    var written = new Answers(desk).ask(request, Reply.LogitsWritten.class, _ -> {});
    json.print(desk, written, () -> print(written));
    return Exit.OK;
  }

  private void print(Reply.LogitsWritten written) {
    desk.out().printf("%s  %s%n", written.path(), written.shape());
    if (written.loss() != null) {
      desk.out().printf("loss %s%n", written.loss());
    }
  }
}
