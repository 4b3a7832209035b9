package org.adapterstudio.app.cli;

import java.util.List;
import org.adapterstudio.contract.queue.Standing;

/**
 * An entry of the queue as {@code studio queue} tells it.
 *
 * @param step last one made; 0 for a command
 * @param totalSteps 0 while unknown
 * @param why a sentence where the state alone does not tell
 */
record QueueLine(
    String id,
    String name,
    String state,
    String why,
    int step,
    int totalSteps,
    String device,
    List<String> after,
    List<String> settings) {

  static QueueLine of(Standing one) {
    return new QueueLine(
        one.id(),
        one.name(),
        one.state().words(),
        one.why(),
        one.run() == null ? 0 : one.run().step(),
        one.run() == null ? 0 : one.run().total(),
        one.device(),
        one.entry().after(),
        one.entry().grid() == null ? List.of() : one.entry().grid().settings());
  }

  /** "12/60", or a dash where no steps are made. */
  String steps() {
    if (totalSteps == 0) {
      return step == 0 ? "-" : String.valueOf(step);
    }
    return step + "/" + totalSteps;
  }

  /** Name where it differs from the id, and the sentence. */
  String what() {
    String other = name.equals(id) ? "" : name;
    return other.isEmpty() || why.isEmpty() ? other + why : other + ". " + why;
  }
}
