package org.adapterstudio.engine.method.start;

import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LoftQ (arXiv:2310.08659) in one round, as PEFT does unless asked for more: the r largest singular
 * components of what quantizing lost, W - W' = U D V, become B = U sqrt(D), A = sqrt(D) V. They are
 * not divided by s, so the repair is exact in intent for alpha = r. The first pass is nearer to the
 * unquantized base; the adapter belongs to the quantized one.
 */
public final class LoftqStart implements Initializer {
  private Unquantized files;

  @Override
  public Recipe.Adapter settle(Attachment at) {
    files = Unquantized.of(at);
    return at.settings();
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Unquantized open = files;
        Scope work = Triplets.work()) {
      Triplets top = Triplets.of(work, open.lost(work, at, site)).from(work, 0, rank);
      Start parts = top.takenOut(at, 1);
      return new Start(parts.a(), parts.b(), false);
    }
  }
}
