package org.adapterstudio.contract.queue;

import java.time.LocalTime;

/**
 * When the queue starts nothing new.
 *
 * @param from begin, local time
 * @param to end; before {@code from} it is the next morning
 * @param stopRunning whether what runs is saved and stopped meanwhile, to go on afterwards
 */
public record QuietHours(String from, String to, boolean stopRunning) {
  /** No quiet hours. */
  public static final QuietHours NONE = new QuietHours(null, null, false);

  /** Whether there are any. */
  public boolean set() {
    return from != null && to != null;
  }

  /** Whether a time lies in them; the begin does, the end does not. */
  public boolean contain(LocalTime time) {
    if (!set()) {
      return false;
    }
    LocalTime begin = LocalTime.parse(from);
    LocalTime end = LocalTime.parse(to);
    return begin.isBefore(end)
        ? !time.isBefore(begin) && time.isBefore(end)
        : !time.isBefore(begin) || time.isBefore(end);
  }
}
