package org.adapterstudio.app.settings;

import java.util.List;

/**
 * How a person looks at the charts of any run.
 *
 * @param pinned cards that come first, in this order, by their ids
 * @param order cards that were moved, in this order
 * @param smoothing w of the loss, 0 to 0.999
 * @param axis what lies on the horizontal axis: step, elapsed, wall or tokens
 * @param all whether the cards behind the first six are shown too
 */
public record ChartChoices(
    List<String> pinned, List<String> order, Double smoothing, String axis, Boolean all) {
  /** What a first start finds. */
  public static final ChartChoices DEFAULT = new ChartChoices(null, null, null, null, null);

  public ChartChoices {
    pinned = pinned == null ? List.of() : List.copyOf(pinned);
    order = order == null ? List.of() : List.copyOf(order);
    smoothing = smoothing == null ? 0.6 : Math.clamp(smoothing, 0, 0.999);
    axis = axis == null ? "step" : axis;
    all = all != null && all;
  }

  /** The same with other cards in front. */
  public ChartChoices withPinned(List<String> other) {
    return new ChartChoices(other, order, smoothing, axis, all);
  }

  /** The same with the cards in another order. */
  public ChartChoices withOrder(List<String> other) {
    return new ChartChoices(pinned, other, smoothing, axis, all);
  }

  /** The same with another smoothing. */
  public ChartChoices withSmoothing(double w) {
    return new ChartChoices(pinned, order, w, axis, all);
  }

  /** The same over another axis. */
  public ChartChoices withAxis(String other) {
    return new ChartChoices(pinned, order, smoothing, other, all);
  }

  /** The same with all cards shown, or the first six. */
  public ChartChoices withAll(boolean shown) {
    return new ChartChoices(pinned, order, smoothing, axis, shown);
  }
}
