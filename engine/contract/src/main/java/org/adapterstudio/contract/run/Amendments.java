package org.adapterstudio.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.LearningRate;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * Every change of a run after its recipe was frozen, in order. A step keeps the schedule that was
 * in force when it was first reached, so that making it again gives the same numbers.
 */
public record Amendments(List<Amendment> list) {
  public Amendments {
    list = List.copyOf(list);
  }

  /** None. */
  public static final Amendments NONE = new Amendments(List.of());

  /** Those of a run; a run that was never amended has none. */
  public static Amendments of(RunFolder run) {
    if (!Files.exists(run.amendments())) {
      return NONE;
    }
    var list = new ArrayList<Amendment>();
    for (JsonNode node : Json.read(run.amendments())) {
      list.add(Json.as(node, Amendment.class));
    }
    return new Amendments(list);
  }

  /** The same and one more. */
  public Amendments and(Amendment next) {
    var all = new ArrayList<>(list);
    all.add(next);
    return new Amendments(all);
  }

  /** Writes them into a run, whole or not at all. */
  public void write(RunFolder run) {
    var array = Json.mapper().createArrayNode();
    // one by one: the type of each stands in its own JSON only where it is written as an Amendment
    list.forEach(amendment -> array.add(Json.<JsonNode>tree(amendment)));
    AtomicFile.write(run.amendments(), Json.pretty(array));
  }

  /** The extensions alone, which decide schedule and end. */
  public Amendments extensions() {
    return new Amendments(list.stream().filter(Amendment.Extended.class::isInstance).toList());
  }

  /**
   * Steps in all.
   *
   * @param planned by the frozen recipe
   */
  public int total(int planned) {
    int total = planned;
    for (Amendment amendment : list) {
      total = amendment instanceof Amendment.Extended extended ? extended.total() : total;
    }
    return total;
  }

  /** Whether an amendment was made after an event, and no engine has gone on since. */
  public boolean after(long event) {
    return !list.isEmpty() && list.getLast().afterEvent() >= event;
  }

  /**
   * The learning rate of every step.
   *
   * @param planned steps by the frozen recipe
   */
  public Rates rates(Recipe.Training training, int planned) {
    var pieces = new ArrayList<Rates.Piece>();
    pieces.add(new Rates.Piece(0, LearningRate.of(training, planned)));
    for (Amendment amendment : list) {
      if (amendment instanceof Amendment.Extended extended) {
        pieces.removeIf(piece -> piece.after() >= extended.step() && piece.after() > 0);
        pieces.add(new Rates.Piece(extended.step(), rate(training, extended)));
      }
    }
    return new Rates(pieces);
  }

  private static LearningRate rate(Recipe.Training training, Amendment.Extended extended) {
    return extended.rate() == Amendment.Rate.HELD
        ? new LearningRate("constant", extended.held(), 0, extended.total())
        : LearningRate.of(training, extended.total());
  }

  /**
   * Schedules one after the other.
   *
   * @param pieces ascending by their first step
   */
  public record Rates(List<Piece> pieces) {
    /**
     * One schedule.
     *
     * @param after it holds for the steps after this one
     */
    public record Piece(int after, LearningRate rate) {}

    /** The rate of an update, counted from 1. */
    public double at(int step) {
      LearningRate rate = pieces.getFirst().rate();
      for (Piece piece : pieces) {
        rate = piece.after() < step ? piece.rate() : rate;
      }
      return rate.at(step);
    }
  }
}
