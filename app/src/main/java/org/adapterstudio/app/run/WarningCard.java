package org.adapterstudio.app.run;

import java.util.List;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/**
 * A warning as it is shown: what, the numbers behind it, and what can be done now.
 *
 * @param acts those of the warning that make sense in the run's state
 */
public record WarningCard(Event.Warned warning, List<Act> acts) {
  /** Warnings of one kind, and of none with one sentence, are the same to a person. */
  String key() {
    return warning.kind().isEmpty() ? warning.sentence() : warning.kind();
  }
}
