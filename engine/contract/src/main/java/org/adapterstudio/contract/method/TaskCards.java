package org.adapterstudio.contract.method;

import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;

/** The cards of kind task, and which of them belong to a base. */
public final class TaskCards {
  /** What a recipe writes to take what its base was saved for. */
  public static final String AUTO = "auto";

  private TaskCards() {}

  /** Every task, by title. */
  public static List<MethodCard> all() {
    return MethodCatalogue.cards("task");
  }

  /** Tasks that bases of a {@code model_type} can be trained for; none where it is unknown. */
  public static List<MethodCard> suiting(String modelType) {
    return ModelFamilies.find(modelType).map(TaskCards::suiting).orElse(List.of());
  }

  private static List<MethodCard> suiting(ModelFamily family) {
    return all().stream().filter(card -> card.task().suits(family)).toList();
  }

  /** Whether bases of a {@code model_type} answer in conversations. */
  public static boolean chats(String modelType) {
    return suiting(modelType).stream().anyMatch(card -> card.task().chats());
  }

  /**
   * The task that a recipe means.
   *
   * @param key of a card, or auto
   * @param modelType of the base
   * @param architecture class name of the base, e.g. BertForMaskedLM
   * @return empty where auto finds none: the base is unknown or was saved without a head
   */
  public static Optional<MethodCard> of(String key, String modelType, String architecture) {
    if (!key.equals(AUTO)) {
      return MethodCatalogue.find("task", key);
    }
    List<MethodCard> suiting = suiting(modelType);
    return suiting.stream()
        .filter(card -> suiting.size() == 1 || card.task().saved(architecture))
        .findFirst();
  }
}
