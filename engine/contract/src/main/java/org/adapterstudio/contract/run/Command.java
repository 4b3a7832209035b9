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
  @JsonSubTypes.Type(value = Command.StopAfterEpoch.class, name = "stop_after_epoch"),
  @JsonSubTypes.Type(value = Command.StopKeepBest.class, name = "stop_keep_best"),
  @JsonSubTypes.Type(value = Command.End.class, name = "end"),
  @JsonSubTypes.Type(value = Command.SaveNow.class, name = "save_now"),
  @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
  @JsonSubTypes.Type(value = Command.GoOn.class, name = "go_on"),
  @JsonSubTypes.Type(value = Command.ChangeRanks.class, name = "change_ranks")
})
public sealed interface Command {
  /** Whether it waits for the next engine where none is at work, or where one ends before it. */
  default boolean lasts() {
    return false;
  }

  /** Save a checkpoint and end; the run can be resumed. */
  record Stop() implements Command {}

  /** The same once the pass over the data that is under way is done. */
  record StopAfterEpoch() implements Command {}

  /**
   * Save a checkpoint, export the adapter of an earlier one, and end.
   *
   * @param step of the checkpoint that is exported
   */
  record StopKeepBest(int step) implements Command {}

  /** End without saving: the steps since the last checkpoint are lost. */
  record End() implements Command {}

  /** Save a checkpoint and go on. */
  record SaveNow() implements Command {}

  /** Make no more steps, keep lock and memory, and wait. */
  record Pause() implements Command {}

  /** Go on after a pause. */
  record GoOn() implements Command {}

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

  /** Whether the run ends by it as soon as the step under way is done. */
  default boolean ends() {
    return this instanceof Stop || this instanceof StopKeepBest || this instanceof End;
  }
}
