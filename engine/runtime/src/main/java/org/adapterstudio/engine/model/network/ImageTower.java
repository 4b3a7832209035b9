package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.function.Consumer;
import org.adapterstudio.engine.model.part.Frame;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Norm;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.part.PatchEmbedding;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.Values;

/**
 * Pictures in, one vector for each out.
 *
 * @param stack without a norm at its end
 * @param last the norm after it
 */
public record ImageTower(PatchEmbedding embedding, Stack stack, Norm last, Pooling pooling)
    implements Part {
  /** Which vector stands for the whole picture. */
  public enum Pooling {
    /** The class token's, normed. */
    CLASS_TOKEN,
    /** The mean of all patches' as the stack leaves them (CLIP's classifier). */
    MEAN_OF_PATCHES
  }

  @Override
  public void list(Inventory inventory) {
    inventory.add(embedding);
    inventory.add(stack);
    if (pooling == Pooling.CLASS_TOKEN) {
      inventory.add(last);
    }
  }

  /** One vector [B, D] for each picture of [B, C, H, W]. */
  public NDArray pooled(Pass pass, Values pixels, Consumer<NDArray> tap) {
    NDArray h = stream(pass, pixels, tap);
    return switch (pooling) {
      case CLASS_TOKEN -> last.of(pass, pass.scope().call("first_position", h));
      case MEAN_OF_PATCHES -> pass.scope().call("mean_after_first", h);
    };
  }

  /** Normed vectors [B, 1 + P, D] of the class token and every patch. */
  public NDArray states(Pass pass, Values pixels, Consumer<NDArray> tap) {
    return last.of(pass, stream(pass, pixels, tap));
  }

  /** Each block's input goes to the tap, then the last block's output. */
  private NDArray stream(Pass pass, Values pixels, Consumer<NDArray> tap) {
    NDArray h = embedding.of(pass, pixels);
    Frame frame = Frame.open(pass.scope(), null, pass.weights().base().compute());
    return stack.forward(pass, frame, h, tap);
  }

  /** One fixed picture [1, C, H, W] with numbers between -1 and 1. */
  Values probe() {
    var grid = embedding.grid();
    float[] pixels = new float[grid.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(0.37 * i);
    }
    var picture = grid.picture();
    return new Values(pixels, new long[] {1, grid.channels(), picture.height(), picture.width()});
  }
}
