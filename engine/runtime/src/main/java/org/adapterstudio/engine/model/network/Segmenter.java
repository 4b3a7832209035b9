package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.UNet;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.tensor.Values;

/**
 * Says which of its classes every point of a picture belongs to.
 *
 * @param picture [channels, height, width] it takes
 * @param labels names of the classes in the order of the logits
 */
public record Segmenter(Sizes sizes, UNet net, List<Integer> picture, List<String> labels)
    implements Network {
  @Override
  public Inventory inventory() {
    return Inventory.of(net);
  }

  @Override
  public List<Linear> heads() {
    return List.of(net.head());
  }

  /** {@code logits} [B, classes, H, W]. */
  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    var outputs = new LinkedHashMap<String, NDArray>();
    outputs.put("logits", logits(pass, in, tap));
    return outputs;
  }

  /**
   * {@inheritDoc}
   *
   * @param labels of all points [B * H * W]
   */
  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    Targets picked = picked(in, labels);
    if (picked.count() == 0) {
      return new Loss(null, 0);
    }
    Scope scope = pass.scope();
    NDArray wanted = scope.longs(labels, labels.length); // -100 is left out by the kernel itself
    NDArray points = scope.call("points", logits(pass, in, Tap.NONE));
    return new Loss(scope.call("cross_entropy_sum", points, wanted), picked.count());
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return picked(in, labels).count();
  }

  private Targets picked(Inputs in, long[] labels) {
    check(in.dense());
    long points = (long) in.rows() * picture.get(1) * picture.get(2);
    if (labels.length != points) {
      throw StudioException.badInput(
          labels.length + " labels stand beside " + points + " points of pictures.",
          "Give each point of each picture one label.");
    }
    return Targets.own(labels, this.labels.size());
  }

  /** One fixed picture with numbers between -1 and 1. */
  @Override
  public Inputs probe() {
    float[] pixels = new float[picture.stream().reduce(1, Math::multiplyExact)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(0.37 * i);
    }
    long[] shape = {1, picture.get(0), picture.get(1), picture.get(2)};
    return Inputs.of(new Values(pixels, shape));
  }

  private NDArray logits(Pass pass, Inputs in, Tap tap) {
    check(in.dense());
    NDArray pictures = pass.computed(pass.scope().floats(in.dense().data(), in.dense().shape()));
    return net.of(pass, pictures, state -> tap.hear("hidden_states", state));
  }

  private void check(Values pixels) {
    if (pixels == null) {
      throw StudioException.badInput(
          "pixel_values is missing: this model reads pictures.",
          "Give it as [pictures, channels, height, width].");
    }
    long[] shape = pixels.shape();
    long[] wanted = picture.stream().mapToLong(Integer::longValue).toArray();
    if (shape.length != 4 || !Arrays.equals(Arrays.copyOfRange(shape, 1, 4), wanted)) {
      throw StudioException.badInput(
          "pixel_values has shape %s, but this model takes pictures of %s."
              .formatted(Arrays.toString(shape), picture),
          "Scale the pictures as the model's preprocessor_config.json says.");
    }
  }
}
