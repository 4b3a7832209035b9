package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio merge}: several adapters as one. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the weighted sum of plain LoRA adapters as one adapter, exactly: their ranks add up",
      "and may differ. Reads the result back and compares before it is put in place. One adapter",
      "at weight 1 is copied as it is, whatever its kind."
    },
    footer = {
      "",
      "Examples:",
      "  studio merge style facts --out both",
      "  studio merge style facts --weight 1.0 --weight 0.5 --out both",
      "  studio merge style facts --weight 1 --weight -0.3 --out less-facts"
    })
final class MergeCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "ADAPTER", arity = "1..*", description = "Folders of adapters.")
  private List<Path> adapters;

  @Option(
      names = "--weight",
      paramLabel = "W",
      description = "Once for each adapter, in their order. Default: 1 for each.")
  private List<Double> weights = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
  private Path out;

  @Mixin private JsonOutput json;

  MergeCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request = new Request.Merge(parts(paths), paths.absolute(out));
    var done = new Answers(desk).ask(request, Reply.Merged.class, _ -> {});
    json.print(desk, done, () -> print(done));
    return Exit.OK;
  }

  private List<Request.Merge.Part> parts(Paths paths) {
    if (!weights.isEmpty() && weights.size() != adapters.size()) {
      throw StudioException.badInput(
          "There are %d weights for %d adapters.".formatted(weights.size(), adapters.size()),
          "Give --weight once for each adapter, or not at all.");
    }
    var parts = new ArrayList<Request.Merge.Part>();
    for (int i = 0; i < adapters.size(); i++) {
      double weight = weights.isEmpty() ? 1 : weights.get(i);
      if (!Double.isFinite(weight)) {
        throw StudioException.badInput("--weight is " + weight + ".", "Use a number.");
      }
      parts.add(new Request.Merge.Part(paths.absolute(adapters.get(i)), weight));
    }
    return parts;
  }

  private void print(Reply.Merged done) {
    desk.out()
        .printf(
            Locale.ROOT,
            "%s  %s, largest difference from the sum %.1e%n",
            done.path(),
            Words.size(done.bytes()),
            done.error());
  }
}
