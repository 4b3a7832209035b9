package org.adapterstudio.contract.method;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.json.ResourceFolder;

/**
 * All method cards on the class path: {@code catalogue/<kind>/<key>.json}. A new card needs no
 * entry.
 */
public final class MethodCatalogue {
  private static final List<MethodCard> CARDS = load();

  private MethodCatalogue() {}

  /** Every card, by kind, then title. */
  public static List<MethodCard> cards() {
    return CARDS;
  }

  /** The cards of one kind. */
  public static List<MethodCard> cards(String kind) {
    return CARDS.stream().filter(card -> card.kind().equals(kind)).toList();
  }

  /** The card of a key, or nothing. */
  public static Optional<MethodCard> find(String kind, String key) {
    return cards(kind).stream().filter(card -> card.key().equals(key)).findFirst();
  }

  /** The card of a key; an unknown key names the known ones. */
  public static MethodCard card(String kind, String key) {
    return find(kind, key)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no " + kind + " \"" + key + "\".",
                    "Known: "
                        + String.join(", ", cards(kind).stream().map(MethodCard::key).toList())
                        + "."));
  }

  /** Keys of the start states that suit an adapter method. */
  public static List<String> starts(String method) {
    return cards("initializer").stream()
        .filter(start -> start.suits().contains(method))
        .map(MethodCard::key)
        .toList();
  }

  private static List<MethodCard> load() {
    return ResourceFolder.read("/catalogue", file -> Json.as(Json.read(file), MethodCard.class))
        .stream()
        .sorted(Comparator.comparing(MethodCard::kind).thenComparing(MethodCard::title))
        .toList();
  }
}
