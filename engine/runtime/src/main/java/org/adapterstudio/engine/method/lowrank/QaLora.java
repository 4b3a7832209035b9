package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * QA-LoRA (arXiv:2309.14717): A [r, in / g] reads the mean of g neighbouring inputs, so that the
 * update is constant within the groups that quantization shares a scale over. The mean is
 * multiplied by in / g before A, as PEFT has it: dW = s B A', A' each column of A repeated g times
 * and times in / g^2; s = alpha / r.
 */
public final class QaLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int group = at.knobs().whole("qalora_group_size");
    if (site.in() % group != 0) {
      throw StudioException.badInput(
          "adapter.knobs.qalora_group_size: %d does not divide the %d inputs of %s."
              .formatted(group, site.in(), site.module()),
          "Use a divisor of the layers' inputs.");
    }
    int rank = at.rank(site);
    double s = at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
    NDArray a = at.kaimingUniform(site.module(), rank, site.in() / group);
    NDArray b = at.zeros(site.out(), rank);
    return new FactoredLayer(
            at, site, scope -> new LowRank(scope.call("qalora_a", a, scope.scalar(group)), b, s))
        .trains("lora_A.weight", a)
        .trains("lora_B.weight", b);
  }
}
