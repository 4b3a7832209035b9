package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/** How queries, keys and values come from the stream. */
public sealed interface Projections extends Part {
  /** Each [B, S, heads * E]. */
  record QueryKeyValue(NDArray query, NDArray key, NDArray value) {}

  /** Projects normed input [B, S, D]. */
  QueryKeyValue of(Pass pass, NDArray x);

  /** One layer each. */
  record Separate(Linear query, Linear key, Linear value) implements Projections {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(query);
      inventory.linear(key);
      inventory.linear(value);
    }

    @Override
    public QueryKeyValue of(Pass pass, NDArray x) {
      List<NDArray> all = pass.linears(List.of(query, key, value), x);
      return new QueryKeyValue(all.get(0), all.get(1), all.get(2));
    }
  }

  /** One layer whose output is all queries, then all keys, then all values. */
  record Stacked(Linear fused, int queries, int keys) implements Projections {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(fused);
    }

    @Override
    public QueryKeyValue of(Pass pass, NDArray x) {
      Scope scope = pass.scope();
      NDArray all = pass.linear(fused, x);
      return new QueryKeyValue(
          scope.call("columns", all, scope.sizes(0, queries)),
          scope.call("columns", all, scope.sizes(queries, queries + keys)),
          scope.call("columns", all, scope.sizes(queries + keys, fused.out())));
    }
  }

  /** One layer whose output is query, key and value of the first head, then of the second, ... */
  record ByHead(Linear fused, int heads) implements Projections {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(fused);
    }

    @Override
    public QueryKeyValue of(Pass pass, NDArray x) {
      Scope scope = pass.scope();
      NDArray all = pass.linear(fused, x);
      NDArray[] parts = new NDArray[3];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = scope.call("third_of_heads", all, scope.sizes(heads, i));
      }
      return new QueryKeyValue(parts[0], parts[1], parts[2]);
    }
  }
}
