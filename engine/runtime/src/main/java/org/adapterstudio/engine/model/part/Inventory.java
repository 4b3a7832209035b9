package org.adapterstudio.engine.model.part;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.model.pass.Linear;

/** What a network consists of, gathered part by part in the order of the network. */
public final class Inventory {
  private final SequencedMap<String, long[]> parameters = new LinkedHashMap<>();
  private final List<Linear> linears = new ArrayList<>();
  private final List<Linear> places = new ArrayList<>();
  private final List<String> norms = new ArrayList<>();

  /** The inventory of some parts. */
  public static Inventory of(Part... parts) {
    var inventory = new Inventory();
    for (Part part : parts) {
      inventory.add(part);
    }
    return inventory;
  }

  /** Adds a part's own list. */
  public void add(Part part) {
    part.list(this);
  }

  /** Adds a part's own list where there is one. */
  public void add(Optional<? extends Part> part) {
    part.ifPresent(this::add);
  }

  /** Adds a parameter. */
  public void parameter(String name, long... shape) {
    parameters.put(name, shape);
  }

  /** Adds a linear layer, with its parameters unless it shares another's weight. */
  public void linear(Linear site) {
    linears.add(site);
    weights(site);
  }

  /** Adds a table or a convolution with its parameters. */
  public void place(Linear site) {
    places.add(site);
    weights(site);
  }

  /** Adds a norm, whose parameters are added by themselves. */
  public void norm(String module) {
    norms.add(module);
  }

  private void weights(Linear site) {
    if (site.shares().isEmpty()) {
      parameter(site.weight(), site.shape());
    }
    if (site.hasBias()) {
      parameter(site.bias(), site.out());
    }
  }

  /** Every parameter with its shape. */
  public SequencedMap<String, long[]> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  /** Every linear layer. */
  public List<Linear> linears() {
    return Collections.unmodifiableList(linears);
  }

  /** Every table of words and every convolution. */
  public List<Linear> places() {
    return Collections.unmodifiableList(places);
  }

  /** Every norm's module. */
  public List<String> norms() {
    return Collections.unmodifiableList(norms);
  }
}
