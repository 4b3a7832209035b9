package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.part.Block;
import org.adapterstudio.engine.model.part.Mlp;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Locas in its gated form (arXiv:2602.05085): every gated MLP gets r neurons more, h =
 * down(act(gate x) * up x) + tau V' (act(G x) * K x). G and K start as the rows of the MLP's own
 * most active neurons, V as zero. A row longer than one is cut back to one; tau is the mean length
 * of down's rows over r.
 *
 * <p>Gate and up answer with the memory's numbers after their own, down reads both: widening the
 * three layers for good would be exactly the same.
 */
public final class Locas implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Mlp.Gated mlp : adapted(at.settings(), at.base().network())) {
      int rank = rank(at.settings(), mlp);
      try (Scope work = Kernels.get().unrecorded()) {
        NDArray chosen = chosen(at, work, mlp, rank);
        layers.put(
            mlp.gate().module(), new Wider("locas_gate", rows(at, work, mlp.gate(), chosen)));
        layers.put(mlp.up().module(), new Wider("locas_up", rows(at, work, mlp.up(), chosen)));
        double tau = work.call("mean_row_length", at.weight(work, mlp.down())).getFloat() / rank;
        layers.put(mlp.down().module(), new Reading(at.zeros(rank, mlp.down().out()), tau));
      }
    }
    return Attached.of(layers);
  }

  /**
   * The r neurons that matter most [r]: by what they answer to sample rows where there are some,
   * else by the lengths of their rows.
   */
  private static NDArray chosen(Attachment at, Scope work, Mlp.Gated mlp, int rank) {
    NDArray gate = at.weight(work, mlp.gate());
    NDArray up = at.weight(work, mlp.up());
    NDArray importance = work.call("neuron_lengths", gate, up);
    if (at.start().calibration().isPresent()) {
      NDArray sum = work.zeros(mlp.gate().out());
      at.start()
          .calibration()
          .get()
          .inputs(
              List.of(mlp.gate()),
              0,
              Calibration.View.EVERYTHING,
              (_, x) -> work.call("shift", sum, work.call("neuron_answers", x, gate, up)));
      importance = sum;
    }
    return work.call("highest", importance, work.sizes(rank));
  }

  private static NDArray rows(Attachment at, Scope work, Linear site, NDArray chosen) {
    return at.owner().adopt(work.call("unit_rows_of", at.weight(work, site), chosen));
  }

  private static int rank(Recipe.Adapter settings, Mlp.Gated mlp) {
    int rank = settings.rank();
    if (rank > mlp.gate().out()) {
      throw StudioException.badInput(
          "adapter.rank: %d is more than the %d neurons of %s."
              .formatted(rank, mlp.gate().out(), mlp.gate().module()),
          "Use a rank from 1 to " + mlp.gate().out() + ".");
    }
    return rank;
  }

  /** The gated MLPs of the layers that the recipe names. */
  private static List<Mlp.Gated> adapted(Recipe.Adapter settings, Network network) {
    List<Integer> layers = settings.layersToTransform();
    var adapted = new ArrayList<Mlp.Gated>();
    for (Block block : VirtualTokens.decoder(network).stack().blocks()) {
      if (block.mlp() instanceof Mlp.Gated gated
          && (layers == null || layers.contains(gated.gate().layer()))) {
        adapted.add(gated);
      }
    }
    if (adapted.isEmpty()) {
      throw StudioException.badInput(
          "Locas widens gated MLPs with a layer each for gate and up; none is chosen here.",
          "Use a model like Llama, Qwen or Gemma, or choose another method.");
    }
    return adapted;
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    var targets = new ArrayList<Linear>();
    adapted(settings, network)
        .forEach(mlp -> targets.addAll(List.of(mlp.gate(), mlp.up(), mlp.down())));
    return targets;
  }

  /** 3 d r for each MLP. */
  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    long count = 0;
    for (Mlp.Gated mlp : adapted(settings, network)) {
      count += (long) rank(settings, mlp) * (2L * mlp.gate().in() + mlp.down().out());
    }
    return OptionalLong.of(count);
  }

  /**
   * Gate or up with the memory's numbers after its own.
   *
   * @param rows [r, d]
   */
  private record Wider(String name, NDArray rows) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return pass.scope().call("locas_wider", x, pass.frozen(site, x), rows);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put(name + ".weight", rows);
      return tensors;
    }
  }

  /**
   * Down, which reads its own numbers and the memory's after them.
   *
   * @param rows [r, d]
   */
  private record Reading(NDArray rows, double tau) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      long memory = rows.getShape().get(0);
      NDArray y = pass.frozen(site, scope.call("columns", x, scope.sizes(0, site.in())));
      NDArray own = scope.call("columns", x, scope.sizes(site.in(), site.in() + memory));
      return scope.call("locas_read", own, y, rows, scope.scalar(tau));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("locas_down.weight", rows);
      return tensors;
    }
  }
}
