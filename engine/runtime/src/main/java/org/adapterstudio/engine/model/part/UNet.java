package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A U-Net (arXiv:1505.04597): down to half the size level by level, and up again with what each
 * level saw on the way down laid beside. Sizes are doubled by repeating points and a convolution.
 *
 * @param down levels, the largest pictures first
 * @param up levels, the smallest pictures first
 */
public record UNet(List<TwoConvolutions> down, TwoConvolutions middle, List<Up> up, Linear head)
    implements Part {
  /** A step up: halves the channels, then reads both. */
  public record Up(Linear narrower, TwoConvolutions both) implements Part {
    /** A step to so many channels. */
    public static Up of(String narrower, String first, String second, int out, int layer) {
      return new Up(
          TwoConvolutions.around(narrower, 2 * out, out, layer),
          TwoConvolutions.of(first, second, 2 * out, out, layer));
    }

    @Override
    public void list(Inventory inventory) {
      inventory.place(narrower);
      inventory.add(both);
    }
  }

  @Override
  public void list(Inventory inventory) {
    down.forEach(inventory::add);
    inventory.add(middle);
    up.forEach(inventory::add);
    inventory.place(head);
  }

  /**
   * A logit for each class at each point [B, classes, H, W] of pictures [B, channels, H, W].
   *
   * @param tap hears what each level makes
   */
  public NDArray of(Pass pass, NDArray pictures, Consumer<NDArray> tap) {
    Scope scope = pass.scope();
    var seen = new ArrayDeque<NDArray>();
    NDArray h = pictures;
    for (TwoConvolutions level : down) {
      h = level.of(pass, h);
      tap.accept(h);
      seen.push(h);
      h = scope.call("halved", h);
    }
    h = middle.of(pass, h);
    tap.accept(h);
    for (Up level : up) {
      NDArray larger = pass.convolved(level.narrower(), scope.call("doubled", h));
      h = level.both().of(pass, scope.call("beside_channels", seen.pop(), larger));
      tap.accept(h);
    }
    return pass.convolved(head, h);
  }
}
