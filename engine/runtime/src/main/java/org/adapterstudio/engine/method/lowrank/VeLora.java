package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * VeLoRA (arXiv:2405.17991): a LoRA whose A learns from a compressed input. The input is cut into
 * groups; on the way back each group is seen only along one direction v, which is the mean of all
 * groups of the batch at length 1, and is scaled by {@code scale}. The forward pass and the
 * gradient of the input are LoRA's. The direction is stored as PEFT stores it, lora_velora_embed.
 */
public final class VeLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    int groups = at.knobs().whole("num_groups");
    int size = (site.in() + groups - 1) / groups;
    return new Layer(
        site.module(),
        at.kaimingUniform(site.module(), rank, site.in()),
        at.zeros(site.out(), rank),
        direction(at, site, size),
        new Compression(groups, at.knobs().real("scale"), at.knobs().text("init_type")),
        at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank),
        at.settings().dropout());
  }

  /** Of length 1; replaced by the batch's own before it is used, unless it is to stay random. */
  private static NDArray direction(Attachment at, Linear site, int size) {
    float[] numbers = new float[size];
    RandomGenerator random = at.random(site.module() + ".lora_velora_embed");
    double squares = 0;
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
      squares += numbers[i] * numbers[i];
    }
    for (int i = 0; i < size; i++) {
      numbers[i] /= (float) Math.sqrt(squares);
    }
    return at.owner().floats(numbers, size);
  }

  /** How the input is compressed. */
  private record Compression(int groups, double scale, String direction) {}

  /** A, B and the direction of one layer. */
  private record Layer(
      String module,
      NDArray a,
      NDArray b,
      NDArray v,
      Compression compression,
      double s,
      double dropout)
      implements Factored {
    @Override
    public boolean mixesRows() {
      return true;
    }

    @Override
    public LowRank factors(Scope scope) {
      return new LowRank(a, b, s);
    }

    @Override
    public boolean still(Pass pass) {
      return pass.draw().isEmpty();
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return still(pass) ? Factored.super.forward(pass, site, x) : compressed(pass, site, x);
    }

    private NDArray compressed(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      Autograd.seed(pass.draw().orElseThrow().seedFor(module, "dropout"));
      NDArray in = dropout == 0 ? x : scope.call("update_dropped", x, scope.scalar(dropout));
      NDArray groups = scope.scalar(compression.groups());
      NDArray along = turned(scope.unrecorded(), in, groups);
      NDArray inner =
          scope.call("velora_inner", in, a, along, groups, scope.scalar(compression.scale()));
      return scope.call("velora", y, inner, b, scope.scalar(s));
    }

    /** The direction of this batch; it is noted so that a file holds the last one. */
    private NDArray turned(Scope work, NDArray x, NDArray groups) {
      if (compression.direction().equals("random")) {
        return v;
      }
      NDArray now = work.call("velora_direction", x, groups);
      work.call("assign", v, now).close();
      return now;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A.weight", a);
      tensors.put("lora_B.weight", b);
      return tensors;
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      kept.put("lora_velora_embed", Kept.derived(v));
      return kept;
    }
  }
}
