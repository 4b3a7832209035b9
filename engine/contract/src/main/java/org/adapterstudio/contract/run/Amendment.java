package org.adapterstudio.contract.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A change of a run after its recipe was frozen. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Amendment.Extended.class, name = "extended"),
  @JsonSubTypes.Type(value = Amendment.Rewound.class, name = "rewound")
})
public sealed interface Amendment {
  /** Milliseconds since 1970, for showing only. */
  long time();

  /** Number of the last event that was in the log; later ones were made under this amendment. */
  long afterEvent();

  /** The run behind this step goes on under the amendment. */
  int step();

  /** What happened, in a sentence. */
  String sentence();

  /** What the learning rate does behind the step that a run was extended at. */
  enum Rate {
    /** The recipe's schedule is made anew for the new number of steps. */
    @JsonProperty("rebuilt")
    REBUILT,
    /** The rate of the last step stays as it is. */
    @JsonProperty("held")
    HELD
  }

  /**
   * The run makes more steps than its recipe says.
   *
   * @param total steps in all from now on
   * @param rate of the steps from here on
   * @param held the rate where it is held; null where it is rebuilt
   */
  record Extended(long time, long afterEvent, int step, int total, Rate rate, Double held)
      implements Amendment {
    @Override
    public String sentence() {
      return "Extended behind step %d to %d steps; the learning rate %s."
          .formatted(
              step,
              total,
              rate == Rate.HELD
                  ? "stays at " + Figures.rate(held)
                  : "follows the recipe's schedule made for " + total + " steps");
    }
  }

  /**
   * The run goes on from an earlier checkpoint.
   *
   * @param from last step made before
   * @param folder under {@code set-aside/} that holds what was taken out of the way
   * @param setAside names of what was taken out of the way
   */
  record Rewound(
      long time, long afterEvent, int step, int from, String folder, List<String> setAside)
      implements Amendment {
    public Rewound {
      setAside = setAside == null ? List.of() : List.copyOf(setAside);
    }

    @Override
    public String sentence() {
      return "Rewound from step %d to step %d%s."
          .formatted(
              from,
              step,
              setAside.isEmpty()
                  ? ""
                  : "; " + String.join(", ", setAside) + " lie in set-aside/" + folder);
    }
  }
}
