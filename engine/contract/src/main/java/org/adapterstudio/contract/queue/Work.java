package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;

/** What an entry of the queue does when its turn comes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Work.Act.class, name = "act")
})
public sealed interface Work {
  /**
   * Start or resume a run whose folder exists.
   *
   * @param run its folder, relative to the queue's parent where it lies below
   * @param since sequence number of the last event that was there when it was queued; what came
   *     before belongs to earlier times
   * @param made whether the queue made the folder
   * @param earlier folders of runs it took the place of, e.g. after a lack of memory
   */
  record Train(String run, long since, boolean made, List<String> earlier) implements Work {
    /** Copies, so that nobody changes them. */
    public Train {
      earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /** The same entry's work with another run, made by the queue and never started. */
    public Train replacedBy(String other) {
      return new Train(other, 0, true, Stream.concat(earlier.stream(), Stream.of(run)).toList());
    }
  }

  /**
   * Carry out a command of the studio.
   *
   * @param command the subcommand and its arguments, as typed behind {@code studio}
   * @param folder where its relative paths start
   */
  record Act(List<String> command, String folder) implements Work {
    /** Copies, so that nobody changes them. */
    public Act {
      command = List.copyOf(command);
    }
  }
}
