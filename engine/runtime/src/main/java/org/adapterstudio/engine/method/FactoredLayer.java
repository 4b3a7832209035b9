package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/** A factored layer that is told what it trains, what it keeps, and how its factors come about. */
public final class FactoredLayer implements Factored {
  private final String module;
  private final double dropout;
  private final Function<Scope, LowRank> update;
  private final SequencedMap<String, NDArray> tensors = new LinkedHashMap<>();
  private final SequencedMap<String, Kept> kept = new LinkedHashMap<>();

  /**
   * A layer with nothing trained yet.
   *
   * @param update its factors, computed in a scope
   */
  public FactoredLayer(Attachment at, Linear site, Function<Scope, LowRank> update) {
    this.module = site.module();
    this.dropout = at.settings().dropout();
    this.update = update;
  }

  /** The same, training an array under a file suffix too. */
  public FactoredLayer trains(String suffix, NDArray array) {
    tensors.put(suffix, array);
    return this;
  }

  /** The same, keeping an array under a file suffix too. */
  public FactoredLayer keeps(String suffix, Kept array) {
    kept.put(suffix, array);
    return this;
  }

  @Override
  public String module() {
    return module;
  }

  @Override
  public double dropout() {
    return dropout;
  }

  @Override
  public LowRank factors(Scope scope) {
    return update.apply(scope);
  }

  @Override
  public SequencedMap<String, NDArray> tensors() {
    return tensors;
  }

  @Override
  public SequencedMap<String, Kept> kept() {
    return kept;
  }
}
