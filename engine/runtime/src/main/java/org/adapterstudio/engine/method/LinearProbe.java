package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Trains the head alone, on what the frozen network makes of its inputs (arXiv:1610.01644). A head
 * that shares its weight gets one of its own.
 */
public final class LinearProbe implements Method {
  @Override
  public Attached attach(Attachment at) {
    Network network = at.base().network();
    var overrides = new LinkedHashMap<String, NDArray>();
    for (Linear head : network.heads()) {
      String from = at.base().has(head.weight()) ? head.weight() : head.shares().orElseThrow();
      overrides.put(head.weight(), at.copyOf(from));
      if (head.hasBias()) {
        overrides.put(head.bias(), at.copyOf(head.bias()));
      }
    }
    if (overrides.isEmpty()) {
      throw StudioException.badInput(
          "A linear probe trains a head, but " + at.base().folder() + " has none.",
          "Set model.task, or take a base that was saved with a head.");
    }
    return Attached.overriding(overrides);
  }

  @Override
  public SequencedMap<String, long[]> replaced(Network network) {
    var replaced = new LinkedHashMap<String, long[]>();
    for (Linear head : network.heads()) {
      replaced.put(head.weight(), head.shape());
      if (head.hasBias()) {
        replaced.put(head.bias(), new long[] {head.out()});
      }
    }
    return replaced;
  }
}
