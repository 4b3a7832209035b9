package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Trains the word vectors of a few tokens, which stand in for the table's rows; all other rows stay
 * as they are. Where the head shares the table, it reads the same trained rows.
 */
public final class TrainableTokens implements Method {
  /** What the trained rows [n, D] are called. */
  public static final String ROWS = "trainable_tokens_delta";

  private static final String TOKENS = "token_indices";

  @Override
  public Attached attach(Attachment at) {
    return Attached.of(layers(at, at.knobs().numbers(TOKENS), ROWS));
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of(table(network));
  }

  @Override
  public boolean takes(Linear site) {
    return site.form() instanceof Linear.Lookup;
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    int tokens = KnobValues.of(List.of(card), settings.knobs()).numbers(TOKENS).length;
    return OptionalLong.of(count(network, tokens));
  }

  /** Numbers of so many rows. */
  public static long count(Network network, int tokens) {
    return (long) tokens * table(network).out();
  }

  /**
   * The trained rows on the table, and on the layers that share it.
   *
   * @param suffix of the rows' name in the file
   */
  public static SequencedMap<String, TrainedLayer> layers(
      Attachment at, int[] tokens, String suffix) {
    Linear table = table(at.base().network());
    long[] places = checked(tokens, table);
    NDArray index = at.owner().longs(places, places.length);
    var rows = new Rows(table, suffix, started(at, table, index), index);
    var layers = new LinkedHashMap<String, TrainedLayer>();
    layers.put(table.module(), rows);
    for (Linear site : at.base().network().linears()) {
      if (site.shares().filter(table.weight()::equals).isPresent()) {
        layers.put(site.module(), new Columns(rows));
      }
    }
    return layers;
  }

  private static Linear table(Network network) {
    return network.sites().stream()
        .filter(site -> site.form() instanceof Linear.Lookup)
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "Trained tokens need a table of words, and this model has none.",
                    "Choose another method."));
  }

  private static long[] checked(int[] tokens, Linear table) {
    long[] places = Arrays.stream(tokens).asLongStream().distinct().toArray();
    boolean outside = Arrays.stream(places).anyMatch(token -> token < 0 || token >= table.in());
    if (places.length == 0 || places.length < tokens.length || outside) {
      throw StudioException.badInput(
          "The tokens to train are " + Arrays.toString(tokens) + ".",
          "Name each once, from 0 to " + (table.in() - 1) + ".");
    }
    return places;
  }

  private static NDArray started(Attachment at, Linear table, NDArray index) {
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray rows = work.call("embed", index, at.base().parameter(table.weight()));
      return at.owner().adopt(work.call("copy", work.call("to_float32", rows)));
    }
  }

  /**
   * The table with some rows of its own.
   *
   * @param trained [n, D]
   * @param index [n] the rows they stand in for
   */
  private record Rows(Linear table, String suffix, NDArray trained, NDArray index)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray ids) {
      NDArray y = pass.frozen(site, ids);
      return pass.scope().call("token_rows", ids, y, trained, index);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put(suffix, trained);
      return tensors;
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      NDArray w = pass.parameter(table.weight());
      return Optional.of(pass.scope().call("token_change", w, trained, index));
    }
  }

  /** A head that shares the table: the same rows give the logits of their tokens. */
  private record Columns(Rows rows) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      NDArray y = pass.frozen(site, x);
      NDArray w = pass.parameter(rows.table.weight());
      return pass.scope().call("token_columns", x, y, w, rows.trained, rows.index);
    }

    /** The rows are the table's. */
    @Override
    public SequencedMap<String, NDArray> tensors() {
      return new LinkedHashMap<>();
    }
  }
}
