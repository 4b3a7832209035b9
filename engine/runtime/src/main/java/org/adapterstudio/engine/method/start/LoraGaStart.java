package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LoRA-GA (arXiv:2407.05000): with the mean gradient of a few batches G = U D V, A0 is made of r
 * rows of V and B0 of r columns of U, so that the first step goes where full training would; s B0
 * A0 is taken out of the base. {@code direction} says which rows and columns, {@code scale} how
 * long they are. PEFT's variant differs from the paper's code: it multiplies B0 by its singular
 * values, lets the stable factor act on B0 alone, and draws the same random numbers for both.
 */
public final class LoraGaStart implements Initializer {
  private static final int ROUNDS = 4;

  private final Map<String, NDArray> gradients = new HashMap<>();

  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.out();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    List<NDArray> all = at.calibration().gradients(at.owner(), at.targets());
    for (int i = 0; i < all.size(); i++) {
      gradients.put(at.targets().get(i).module(), all.get(i));
    }
    return at.settings();
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    int least = Math.min(site.in(), site.out());
    if (2 * rank > least) {
      throw StudioException.badInput(
          "adapter.initializer \"lora_ga\" takes 2 r directions of the gradient, and %s of %d x %d has %d."
              .formatted(site.module(), site.out(), site.in(), least),
          "Use a rank up to " + least / 2 + ".");
    }
    try (Scope work = Triplets.work();
        NDArray gradient = gradients.remove(site.module())) {
      int count = Math.min(4 * rank, least);
      Triplets all =
          count == least
              ? Triplets.of(work, gradient)
              : Triplets.top(work, gradient, count, ROUNDS, at.random(site.module() + ".lora-ga"));
      return scaled(at, site, rank, s, all, work);
    }
  }

  private static Start scaled(
      Attachment at, Linear site, int rank, double s, Triplets all, Scope work) {
    boolean peft = at.knobs().text("variant").equals("peft");
    long[][] chosen = chosen(at, site, rank, peft);
    Triplets forA = all.picked(work, chosen[0]);
    Triplets forB = all.picked(work, chosen[1]);
    double[] factors =
        switch (at.knobs().text("scale")) {
          case "stable" -> {
            double gamma = at.knobs().real("stable_gamma");
            double stable = Math.pow(site.out(), 0.25) / Math.sqrt(gamma);
            yield new double[] {peft ? 1 : stable, stable};
          }
          case "gd_scale" -> new double[] {1 / s, 1 / s};
          case "weight_svd" -> byWeight(at, site, rank, s, forB, peft, work);
          default -> new double[] {1, 1};
        };
    Scope owner = at.owner().unrecorded();
    NDArray columns = peft ? work.call("start_times", forB.u(), forB.d()) : forB.u();
    return new Start(
        owner.call("start_times", forA.v(), work.scalar(factors[0])),
        owner.call("start_times", columns, work.scalar(factors[1])),
        true);
  }

  /** Numbers of V's rows and of U's columns. */
  private static long[][] chosen(Attachment at, Linear site, int rank, boolean peft) {
    long[] lower = LongStream.range(0, rank).toArray();
    long[] upper = LongStream.range(rank, 2L * rank).toArray();
    return switch (at.knobs().text("direction")) {
      case "ArB2r" -> new long[][] {lower, upper};
      case "A2rBr" -> new long[][] {upper, lower};
      case "ArBr" ->
          new long[][] {
            LongStream.range(0, rank).map(i -> 2 * i + 1).toArray(),
            LongStream.range(0, rank).map(i -> 2 * i).toArray()
          };
      default -> {
        long[] drawn = Chosen.of(2 * rank, 2 * rank, at.random(site.module() + ".direction"));
        long[] first = Arrays.copyOf(drawn, rank);
        long[] other = Arrays.copyOfRange(drawn, rank, 2 * rank);
        yield new long[][] {first, peft ? first : other};
      }
    };
  }

  /** As long as the weight's own singular values ask. */
  private static double[] byWeight(
      Attachment at, Linear site, int rank, double s, Triplets forB, boolean peft, Scope work) {
    float[] spectrum = work.call("singular_values", at.weight(work, site)).toFloatArray();
    if (peft) {
      float first = forB.d().toFloatArray()[0];
      return new double[] {1, first > 0 ? spectrum[0] / first : 1};
    }
    double mean = 0;
    for (int i = 0; i < rank; i++) {
      mean += Math.sqrt(spectrum[i] / s) / rank;
    }
    return new double[] {mean, mean};
  }
}
