package org.adapterstudio.engine.arena;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.arena.ArenaPlan.Contender;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;

/** Who competes: every adapter method by its own start, and each start state with its method. */
final class Contenders {
  private static final int RANK = 8;
  private static final double ALPHA = 16;

  private Contenders() {}

  /**
   * All, or those that are named.
   *
   * @param wanted names of contenders, methods or start states; empty takes all
   */
  static List<Contender> of(List<String> wanted) {
    List<Contender> all = all();
    for (String name : wanted) {
      if (all.stream().noneMatch(contender -> named(contender, name))) {
        throw StudioException.badInput(
            "There is no method \"" + name + "\".",
            "Known: " + String.join(", ", all.stream().map(Contender::name).toList()) + ".");
      }
    }
    return all.stream()
        .filter(
            contender ->
                wanted.isEmpty() || wanted.stream().anyMatch(name -> named(contender, name)))
        .toList();
  }

  private static boolean named(Contender contender, String name) {
    Recipe.Adapter adapter = contender.adapter();
    boolean own = adapter.initializer().equals(Recipe.Adapter.OWN_START);
    return contender.name().equals(name)
        || (own ? adapter.method() : adapter.initializer()).equals(name);
  }

  private static List<Contender> all() {
    var all = new ArrayList<Contender>();
    for (MethodCard card : MethodCatalogue.cards("adapter")) {
      all.add(new Contender(card.key(), card.title(), settings(card), null));
    }
    for (MethodCard start : MethodCatalogue.cards("initializer")) {
      if (!start.suits().isEmpty()) {
        String method = start.suits().getFirst();
        String title = MethodCatalogue.card("adapter", method).title() + ", " + start.title();
        all.add(
            new Contender(
                method + "+" + start.key(),
                title,
                settings(method, RANK, Map.of(), start.key()),
                null));
      }
    }
    return all;
  }

  /** Who takes ranks away starts with half as many more, so that all end alike. */
  private static Recipe.Adapter settings(MethodCard card) {
    boolean takesAway = card.knobs().stream().anyMatch(knob -> knob.key().equals("target_r"));
    return takesAway
        ? settings(card.key(), RANK + RANK / 2, Map.of("target_r", Json.tree(RANK)), null)
        : settings(card.key(), RANK, Map.of(), null);
  }

  static Recipe.Adapter settings(
      String method, int rank, Map<String, JsonNode> knobs, String initializer) {
    return new Recipe.Adapter(
        method, rank, ALPHA, 0.0, null, null, null, null, null, null, knobs, initializer);
  }
}
