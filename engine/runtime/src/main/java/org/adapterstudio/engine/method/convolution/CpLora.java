package org.adapterstudio.engine.method.convolution;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * CP-LoRA (arXiv:2508.01772): a kernel's change as a sum of r products of four vectors, dW[o,i,h,w]
 * = s sum_p A[o,p] B[i,p] C[h,p] D[w,p]. A starts at zero, so that the start is no change; the
 * others kaiming-uniform.
 */
public final class CpLora implements ConvolutionMethod {
  @Override
  public KernelUpdate start(Attachment at, Linear site, int rank, double s) {
    var window = (Linear.Window) site.form();
    return new Update(
        at.zeros(site.out(), rank),
        side(at, site, "B", window.channels(), rank),
        side(at, site, "C", window.kernel().height(), rank),
        side(at, site, "D", window.kernel().width(), rank),
        s);
  }

  private static NDArray side(Attachment at, Linear site, String name, int rows, int rank) {
    return at.kaimingUniform(site.module() + "." + name, rows, rank);
  }

  @Override
  public long count(Recipe.Adapter settings, Linear site, int rank) {
    var window = (Linear.Window) site.form();
    long sides = window.channels() + window.kernel().height() + window.kernel().width();
    return rank * (site.out() + sides);
  }

  /** Factors over out, channels, height and width. */
  private record Update(NDArray a, NDArray b, NDArray c, NDArray d, double s)
      implements KernelUpdate {
    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("cp_out", a);
      tensors.put("cp_in", b);
      tensors.put("cp_height", c);
      tensors.put("cp_width", d);
      return tensors;
    }

    @Override
    public LowRank factors(Scope scope) {
      return new LowRank(scope.call("cp_rows", b, c, d), a, s);
    }
  }
}
