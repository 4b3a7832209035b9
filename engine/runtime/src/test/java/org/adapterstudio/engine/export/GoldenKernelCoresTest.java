package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;

/**
 * LoHa with cores on a kernel, dW = (a1' R1) o (a2' R2) with R the core times the vectors of
 * channels. PEFT writes its backward pass by hand and takes R2 where the gradient of a1 needs R1,
 * and R1 for a2: its stored gradients are those of that formula, ours are autograd's.
 */
class GoldenKernelCoresTest {
  private static final Path FOLDER = Golden.folder("adapters/vit/loha_conv2d");
  private static final String WEIGHT = "vit.embeddings.patch_embeddings.projection.weight";
  private static final String PREFIX =
      "base_model.model.vit.embeddings.patch_embeddings.projection.hada_";

  @Test
  void peftsGradientIsTheOneWithTheOtherProductsCoreAndOursTheOneWithItsOwn() {
    try (var file = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"));
        var base = BaseModel.load(Golden.folder("models/vit"), "float32");
        var model = AdapterFolder.load(base, FOLDER);
        Scope scope = Kernels.get().training()) {
      NDArray kernel = kernelGradient(scope, file, base, model);
      var trained = model.trainable();
      NDArray[] rows = {rows(scope, trained, 1), rows(scope, trained, 2)};
      backward(scope, file, base, model.weights());
      for (int one = 0; one < 2; one++) {
        NDArray other = trained.get(PREFIX + "w" + (2 - one) + "_a");
        NDArray product =
            scope.call("linear_transposed", scope.call("transpose", other), rows[1 - one]);
        NDArray inside = scope.call("mul", kernel, product);
        String name = PREFIX + "w" + (one + 1) + "_a";
        float[] own = times(scope, rows[one], inside);
        float[] peft = times(scope, rows[1 - one], inside);
        float[] ours = Autograd.gradient(scope, trained.get(name)).toFloatArray();
        assertThat(Compare.maxDifference(own, ours)).isLessThan(1e-5);
        assertThat(Compare.maxDifference(peft, file.floats("grad." + name).data()))
            .isLessThan(1e-5);
        assertThat(Compare.maxDifference(own, peft)).isGreaterThan(0.01);
      }
    }
  }

  /** The gradient [out, channels * h * w] of the changed kernel, as if it were trained itself. */
  private static NDArray kernelGradient(
      Scope scope, SafetensorsFile file, BaseModel base, AdaptedModel model) {
    float[] merged = MergedModel.weights(model).get(WEIGHT).values().get();
    NDArray whole = scope.floats(merged, base.parameter(WEIGHT).getShape().getShape());
    Autograd.require(whole, true);
    backward(scope, file, base, new Weights(base, Map.of(WEIGHT, whole), Map.of()));
    return scope.call("in_matrix", Autograd.gradient(scope, whole));
  }

  private static void backward(Scope scope, SafetensorsFile file, BaseModel base, Weights weights) {
    var in = InputFile.read(file, base.network());
    var loss = base.network().loss(Pass.still(scope, weights), in, file.longs("labels"));
    Autograd.backward(scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
  }

  private static NDArray rows(Scope scope, Map<String, NDArray> trained, int which) {
    return scope.call(
        "tucker_rows", trained.get(PREFIX + "t" + which), trained.get(PREFIX + "w" + which + "_b"));
  }

  /** rows [r, in] times the transpose of the gradient [out, in]. */
  private static float[] times(Scope scope, NDArray rows, NDArray inside) {
    return scope.call("linear", rows, inside).toFloatArray();
  }
}
