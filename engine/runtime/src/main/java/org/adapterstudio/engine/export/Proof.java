package org.adapterstudio.engine.export;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;

/** Reopens what was written and compares its logits with those of the model in memory. */
public final class Proof {
  private Proof() {}

  /** Largest output difference of a written adapter on some inputs. */
  public static double ofAdapter(AdaptedModel model, Path folder, Inputs probe) {
    try (AdaptedModel reopened = AdapterFolder.load(model.base(), folder)) {
      return difference(outputs(model, probe), outputs(reopened, probe));
    }
  }

  /** Largest output difference of two models on some inputs. */
  public static double between(AdaptedModel one, AdaptedModel other, Inputs probe) {
    return difference(outputs(one, probe), outputs(other, probe));
  }

  /** Largest output difference of a written merged model on some inputs. */
  public static double ofMerged(AdaptedModel model, Path folder, Inputs probe) {
    try (BaseModel base =
            BaseModel.load(folder, Storage.plain(model.base().compute()), model.base().purpose());
        AdaptedModel reopened = AdaptedModel.plain(base)) {
      return difference(outputs(model, probe), outputs(reopened, probe));
    }
  }

  /** Largest output difference of a written pair of residual base and adapter on some inputs. */
  static double ofResidual(AdaptedModel model, Path folder, Inputs probe) {
    Path rest = folder.resolve(ResidualPair.BASE);
    var storage = Storage.plain(model.base().compute());
    try (BaseModel base = BaseModel.load(rest, storage, model.base().purpose());
        AdaptedModel reopened = AdapterFolder.load(base, folder.resolve(ResidualPair.ADAPTER))) {
      return difference(outputs(model, probe), outputs(reopened, probe));
    }
  }

  /** Largest output difference of the base with a written dense change on some inputs. */
  static double ofChange(AdaptedModel model, Path folder, Inputs probe) {
    var storage = Storage.plain(model.base().compute());
    try (BaseModel base = BaseModel.load(model.base().folder(), storage, model.base().purpose());
        AdaptedModel reopened = DenseChange.load(base, folder)) {
      return difference(outputs(model, probe), outputs(reopened, probe));
    }
  }

  private static List<float[]> outputs(AdaptedModel model, Inputs probe) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      return model.network().outputs(pass, probe, Tap.NONE).values().stream()
          .map(output -> scope.call("to_float32", output).toFloatArray())
          .toList();
    }
  }

  private static double difference(List<float[]> a, List<float[]> b) {
    double worst = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < a.get(i).length; j++) {
        double difference = Math.abs((double) a.get(i)[j] - b.get(i)[j]);
        worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      }
    }
    return worst;
  }
}
