package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.tensors.SafetensorsHeader;
import org.adapterstudio.contract.tensors.TorchFile;
import org.adapterstudio.contract.tensors.WeightsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio tensors}: what a file of weights holds, whichever format it is in. */
@Command(
    name = "tensors",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the tensors of a safetensors file, a PyTorch file (.bin, .pt) or a TorchScript"
          + " program.",
      "Nothing in the file is run."
    },
    footer = {
      "",
      "Examples:",
      "  studio tensors model.safetensors",
      "  studio tensors model.pt --json"
    })
final class TensorsCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "FILE", description = "The file to look into.")
  private Path file;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  TensorsCommand(Desk desk) {
    this.desk = desk;
  }

  /** What a file holds. */
  private record Listing(String file, String format, List<Tensor> tensors) {}

  private record Tensor(String name, String dtype, List<Long> shape, long elements) {}

  @Override
  public Integer call() {
    Path path = desk.folder().resolve(file);
    Listing listing = WeightsFile.isTorch(path) ? torch(path) : safetensors(path);
    if (json) {
      desk.out().print(Json.pretty(listing));
    } else {
      list(listing);
    }
    desk.out().flush();
    return Exit.OK;
  }

  private static Listing torch(Path path) {
    TorchFile torch = TorchFile.read(path);
    var tensors =
        torch.tensors().stream()
            .map(t -> new Tensor(t.name(), t.dtype(), t.shape(), t.elements()))
            .toList();
    return new Listing(path.toString(), torch.script() ? "torchscript" : "pytorch", tensors);
  }

  private static Listing safetensors(Path path) {
    var tensors =
        SafetensorsHeader.read(path).tensors().stream()
            .map(t -> new Tensor(t.name(), t.dtype(), t.shape(), t.elements()))
            .toList();
    return new Listing(path.toString(), "safetensors", tensors);
  }

  private void list(Listing listing) {
    var table = new Table("TENSOR", "TYPE", "SHAPE", "NUMBERS");
    for (Tensor tensor : listing.tensors()) {
      table.row(
          tensor.name(),
          tensor.dtype(),
          tensor.shape().toString(),
          Long.toString(tensor.elements()));
    }
    desk.out().print(table);
    long numbers = listing.tensors().stream().mapToLong(Tensor::elements).sum();
    desk.out()
        .printf(
            "%s: %d tensors, %d numbers%n", listing.format(), listing.tensors().size(), numbers);
  }
}
