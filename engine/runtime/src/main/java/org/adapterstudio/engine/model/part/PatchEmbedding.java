package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.Values;

/**
 * A picture as vectors: a class token, then one vector for each square patch, each with a vector
 * for its place (arXiv:2010.11929).
 *
 * @param grid pictures and patches in pixels
 * @param size numbers in a vector
 * @param patches module that projects a patch
 * @param bias whether that projection has one
 * @param classToken name of the class token's parameter
 * @param positions name of the table of places, the class token's first
 * @param leadingOne whether both are stored with a leading dimension of one, as ViT has them
 */
public record PatchEmbedding(
    Grid grid,
    int size,
    String patches,
    boolean bias,
    String classToken,
    String positions,
    boolean leadingOne,
    Optional<Norm> norm)
    implements Part {
  /** Height and width in pixels. */
  public record Size(int height, int width) {}

  /** Pictures of one size, cut into patches without overlap. */
  public record Grid(int channels, Size picture, Size patch) {
    /** Vectors that come of a picture, the class token's included. */
    public int positions() {
      return 1 + (picture.height / patch.height) * (picture.width / patch.width);
    }

    /** Numbers of one picture. */
    public int pixels() {
      return Math.multiplyExact(channels, Math.multiplyExact(picture.height, picture.width));
    }
  }

  @Override
  public void list(Inventory inventory) {
    long[] token = leadingOne ? new long[] {1, 1, size} : new long[] {size};
    inventory.parameter(classToken, token);
    long[] table = {1, grid.positions(), size};
    inventory.parameter(positions, leadingOne ? table : Arrays.copyOfRange(table, 1, 3));
    inventory.place(convolution());
    inventory.add(norm);
  }

  /** The projection: windows side by side. */
  private Linear convolution() {
    var patch = new Linear.Sides(grid.patch().height, grid.patch().width);
    var window = new Linear.Window(grid.channels(), patch, patch, 0, 1);
    return Linear.convolution(patches, window, size, bias, -1);
  }

  /** The first stream [B, 1 + P, D] of pictures [B, C, H, W]. */
  public NDArray of(Pass pass, Values pixels) {
    check(pixels);
    Scope scope = pass.scope();
    NDArray pictures = pass.computed(scope.floats(pixels.data(), pixels.shape()));
    NDArray h = scope.call("in_rows", pass.convolved(convolution(), pictures));
    NDArray all = scope.call("with_class_token", h, pass.parameter(classToken));
    NDArray placed = scope.call("add", all, pass.parameter(positions));
    return norm.map(it -> it.of(pass, placed)).orElse(placed);
  }

  private void check(Values pixels) {
    Size picture = grid.picture();
    String wanted =
        "[pictures, %d, %d, %d]".formatted(grid.channels(), picture.height, picture.width);
    if (pixels == null) {
      throw StudioException.badInput(
          "pixel_values is missing: this model reads pictures.", "Give it as " + wanted + ".");
    }
    long[] shape = pixels.shape();
    long[] one = {grid.channels(), picture.height, picture.width};
    boolean fits = shape.length == 4 && Arrays.equals(Arrays.copyOfRange(shape, 1, 4), one);
    if (!fits || shape[0] == 0) {
      throw StudioException.badInput(
          "pixel_values has shape %s, but this model takes %s."
              .formatted(Arrays.toString(shape), wanted),
          "Scale the pictures as the model's preprocessor_config.json says.");
    }
  }
}
