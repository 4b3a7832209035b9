package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Lora;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Activated LoRA (arXiv:2504.12397): a LoRA that acts only from the last occurrence of the
 * invocation tokens on, its first token included, so that keys and values computed before serve
 * base and adapter alike. A row without them is the base's.
 */
public final class ActivatedLora implements Method {
  private static final String INVOCATION = "alora_invocation_tokens";

  private final Lora lora = new Lora();

  @Override
  public Attached attach(Attachment at) {
    VirtualTokens.decoder(at.base().network());
    int[] invocation = at.knobs().numbers(INVOCATION);
    if (invocation.length == 0) {
      throw StudioException.badInput(
          "adapter.knobs." + INVOCATION + " is empty.",
          "Name the tokens of the words that switch the adapter on.");
    }
    Attached plain = lora.attach(at);
    var layers = new LinkedHashMap<String, TrainedLayer>();
    plain.layers().forEach((module, layer) -> layers.put(module, new Invoked(layer, invocation)));
    return plain.with(layers);
  }

  @Override
  public boolean takes(Linear site) {
    return site.form() instanceof Linear.Product;
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    var targets = Method.super.targets(settings, network);
    for (Linear site : targets) {
      if (network.heads().contains(site)) {
        throw StudioException.badInput(
            "An activated LoRA cannot adapt the head " + site.module() + ".",
            "Leave it out of adapter.target_modules: it reads single positions, not rows.");
      }
    }
    return targets;
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return lora.trainable(settings, network);
  }

  /** A layer that is the base's before the invocation. */
  private record Invoked(TrainedLayer inner, int[] invocation) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      NDArray y = pass.frozen(site, x);
      if (pass.read().isEmpty()) {
        return y;
      }
      Scope scope = pass.scope();
      NDArray active = active(scope, pass.read().get(), (int) x.getShape().get(1));
      return inner
          .lowRank(pass)
          .map(
              low ->
                  scope.call("lora_invoked", x, y, low.a(), low.b(), scope.scalar(low.s()), active))
          .orElseGet(() -> scope.call("invoked", y, inner.forward(pass, site, x), active));
    }

    /** One where the adapter acts [B, S], of the last so many positions of the rows. */
    private NDArray active(Scope scope, Tokens read, int last) {
      float[] active = new float[read.rows() * last];
      int past = read.length() - last;
      for (int row = 0; row < read.rows(); row++) {
        int start = lastStart(read, row);
        for (int i = Math.max(0, start - past); start >= 0 && i < last; i++) {
          active[row * last + i] = 1;
        }
      }
      return scope.floats(active, read.rows(), last);
    }

    private int lastStart(Tokens read, int row) {
      for (int start = read.length() - invocation.length; start >= 0; start--) {
        int same = 0;
        while (same < invocation.length
            && read.ids()[row * read.length() + start + same] == invocation[same]) {
          same++;
        }
        if (same == invocation.length) {
          return start;
        }
      }
      return -1;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      return inner.tensors();
    }

    @Override
    public OptionalDouble scale() {
      return inner.scale();
    }

    /** The form is a low-rank one at no position alone, so nothing may compute it so. */
    @Override
    public Optional<LowRank> lowRank(Pass pass) {
      return Optional.empty();
    }

    @Override
    public Optional<LowRank> product(Scope scope) {
      return inner.product(scope);
    }
  }
}
