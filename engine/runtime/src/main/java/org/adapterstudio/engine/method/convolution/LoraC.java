package org.adapterstudio.engine.method.convolution;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * LoRA-C (arXiv:2410.16954): the kernel seen as a matrix of out * h rows and channels * w columns,
 * dW = s view(B A) with A [q, channels * w] and B [out * h, q]; the product is read row by row as
 * the kernel, no axis is moved. q is r, or r h as loralib has it. A starts kaiming-uniform, B zero.
 *
 * <p>Over the kernel's matrix it is a LoRA of rank h q: row o of B' holds the h rows of B that make
 * kernel o side by side, and A' holds A h times on its diagonal.
 */
public final class LoraC implements ConvolutionMethod {
  private static final String INNER = "inner_rank";
  private static final String TIMES_HEIGHT = "rank_times_kernel";

  @Override
  public KernelUpdate start(Attachment at, Linear site, int rank, double s) {
    var window = (Linear.Window) site.form();
    int height = window.kernel().height();
    int q = at.knobs().text(INNER).equals(TIMES_HEIGHT) ? rank * height : rank;
    NDArray a = at.kaimingUniform(site.module(), q, site.in() / height);
    return new Update(a, at.zeros((long) site.out() * height, q), s, height);
  }

  @Override
  public long count(Recipe.Adapter settings, Linear site, int rank) {
    int height = ((Linear.Window) site.form()).kernel().height();
    JsonNode inner = settings.knobs().get(INNER);
    long q = inner != null && inner.asText().equals(TIMES_HEIGHT) ? (long) rank * height : rank;
    return q * (site.in() / height + (long) site.out() * height);
  }

  /**
   * @param height rows of a kernel
   */
  private record Update(NDArray a, NDArray b, double s, int height) implements KernelUpdate {
    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A.weight", a);
      tensors.put("lora_B.weight", b);
      return tensors;
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray h = scope.sizes(height);
      return new LowRank(scope.call("lora_c_rows", a, h), scope.call("lora_c_columns", b, h), s);
    }

    /** Without the zeros beside the diagonal. */
    @Override
    public NDArray change(Scope scope) {
      return scope.call("lora_c_change", a, b, scope.scalar(s), scope.sizes(height));
    }
  }
}
