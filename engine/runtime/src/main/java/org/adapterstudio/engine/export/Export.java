package org.adapterstudio.engine.export;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.Inputs;

/**
 * A result in one of the forms it can leave the studio in: written, reopened and compared.
 *
 * @param bytes of the weights
 * @param error largest difference of the outputs to the model in memory
 * @param lost norm of what a low-rank approximation leaves out, as a share of the change's
 */
public record Export(long bytes, double error, double lost) {
  /** Whether a folder holds a result already. */
  public static boolean holds(Path folder) {
    return AdapterFolder.is(folder)
        || Files.exists(folder.resolve("config.json"))
        || Files.exists(folder.resolve(DenseChange.FILE))
        || Files.exists(folder.resolve(ResidualPair.BASE).resolve("config.json"));
  }

  /** The adapter as its method keeps it. */
  public static Export own(AdaptedModel model, Path folder, Inputs probe) {
    long bytes = AdapterFolder.write(model, folder, ResultCard.of(model, "", false));
    return new Export(bytes, Proof.ofAdapter(model, folder, probe), 0);
  }

  /** The base with the change in it. */
  public static Export merged(AdaptedModel model, Path folder, Inputs probe) {
    long bytes = MergedModel.write(model, folder, ResultCard.of(model, "", true));
    return new Export(bytes, Proof.ofMerged(model, folder, probe), 0);
  }

  /** A plain LoRA on the original base. */
  public static Export lora(AdaptedModel model, Path folder, Inputs probe, PlainLora.Limit limit) {
    try (var plain = PlainLora.of(model, limit)) {
      String card = ResultCard.of(plain.model(), "", false);
      long bytes = AdapterFolder.write(plain.model(), folder, card);
      return new Export(bytes, Proof.ofAdapter(model, folder, probe), plain.lost());
    }
  }

  /** What is left of the base, and the adapter on it. */
  public static Export residual(AdaptedModel model, Path folder, Inputs probe) {
    long bytes = ResidualPair.write(model, folder, ResultCard.of(model, "", false));
    return new Export(bytes, Proof.ofResidual(model, folder, probe), 0);
  }

  /** The dense change alone. */
  public static Export change(AdaptedModel model, Path folder, Inputs probe) {
    long bytes = DenseChange.write(model, folder, ResultCard.of(model, "", false));
    return new Export(bytes, Proof.ofChange(model, folder, probe), 0);
  }
}
