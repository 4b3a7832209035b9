package org.adapterstudio.contract.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a person asks of a running engine, dropped as a file into the run's inbox. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Command.SaveNow.class, name = "save_now")
})
public sealed interface Command {
  /** Save a checkpoint and end; the run can be resumed. */
  record Stop() implements Command {}

  /** Save a checkpoint and go on. */
  record SaveNow() implements Command {}
}
