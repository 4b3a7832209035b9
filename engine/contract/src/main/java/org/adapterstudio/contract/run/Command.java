package org.adapterstudio.contract.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person asks of a running engine, dropped as a file into the run's inbox. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Command.SaveNow.class, name = "save_now"),
  @JsonSubTypes.Type(value = Command.ChangeRanks.class, name = "change_ranks")
})
public sealed interface Command {
  /** Whether it waits for the next engine where none is at work, or where one ends before it. */
  default boolean lasts() {
    return false;
  }

  /** Save a checkpoint and end; the run can be resumed. */
  record Stop() implements Command {}

  /** Save a checkpoint and go on. */
  record SaveNow() implements Command {}

  /**
   * Give layers other ranks, save a checkpoint and go on. A run that is not at work does so when it
   * is resumed.
   *
   * @param ranks by module name; layers that are not named keep theirs
   */
  record ChangeRanks(Map<String, Integer> ranks) implements Command {
    public ChangeRanks {
      ranks = ranks == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
    }

    @Override
    public boolean lasts() {
      return true;
    }
  }
}
