package org.adapterstudio.engine.export;

import java.nio.file.Path;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Inputs;
import org.adapterstudio.engine.model.Pass;

/** Reopens what was written and compares its logits with those of the model in memory. */
public final class Proof {
  private Proof() {}

  /** Largest logit difference of a written adapter on some tokens. */
  public static double ofAdapter(AdaptedModel model, Path folder, long[] ids) {
    try (AdaptedModel reopened = AdapterFolder.load(model.base(), folder)) {
      return difference(logits(model, ids), logits(reopened, ids));
    }
  }

  /** Largest logit difference of a written merged model on some tokens. */
  public static double ofMerged(AdaptedModel model, Path folder, long[] ids) {
    try (BaseModel base = BaseModel.load(folder, model.base().compute());
        AdaptedModel reopened = AdaptedModel.plain(base)) {
      return difference(logits(model, ids), logits(reopened, ids));
    }
  }

  private static float[] logits(AdaptedModel model, long[] ids) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      var hidden = model.decoder().hidden(pass, Inputs.of(ids, 1));
      return scope.call("to_float32", model.decoder().logits(pass, hidden)).toFloatArray();
    }
  }

  private static double difference(float[] a, float[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }
}
