package org.adapterstudio.engine.method.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * convLoRA in LoCon's form: a convolution with the base's kernel to r channels, X [r, channels, h,
 * w], then one of single points up, Y [out, r, 1, 1]; dW[o,i,h,w] = s sum_p Y[o,p] X[p,i,h,w]. X
 * starts kaiming-uniform, Y zero.
 */
public final class ConvLora implements ConvolutionMethod {
  @Override
  public KernelUpdate start(Attachment at, Linear site, int rank, double s) {
    long[] shape = site.shape();
    shape[0] = rank;
    NDArray x = at.kaimingUniform(site.module(), rank, site.in()).reshape(new Shape(shape));
    return new Update(x, at.zeros(site.out(), rank, 1, 1), s);
  }

  @Override
  public long count(Recipe.Adapter settings, Linear site, int rank) {
    return (long) rank * (site.in() + site.out());
  }

  private record Update(NDArray x, NDArray y, double s) implements KernelUpdate {
    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A.weight", x);
      tensors.put("lora_B.weight", y);
      return tensors;
    }

    @Override
    public LowRank factors(Scope scope) {
      return new LowRank(scope.call("in_matrix", x), scope.call("in_matrix", y), s);
    }
  }
}
