package org.adapterstudio.contract.queue;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.adapterstudio.contract.StudioException;

/**
 * When the queue starts nothing new.
 *
 * @param from begin, local time as 22:00; null where there are none
 * @param to end; before {@code from} it is the next morning
 * @param stopRunning whether what runs is saved and stopped meanwhile, to go on afterwards
 */
public record QuietHours(String from, String to, boolean stopRunning) {
  /** No quiet hours. */
  public static final QuietHours NONE = new QuietHours(null, null, false);

  private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("H:mm");
  private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("HH:mm");

  /** Hours as a person types them; what is no time is refused. */
  public static QuietHours between(String from, String to, boolean stopRunning) {
    String begin = time(from);
    String end = time(to);
    if (begin.equals(end)) {
      throw StudioException.badInput(
          "Quiet hours from " + begin + " to " + end + " would never end.", "Choose two times.");
    }
    return new QuietHours(begin, end, stopRunning);
  }

  private static String time(String typed) {
    try {
      return WRITTEN.format(LocalTime.parse(typed.strip(), TYPED));
    } catch (DateTimeException e) {
      throw StudioException.badInput(
          "\"" + typed + "\" is not a time of day.", "Write it as 22:00.");
    }
  }

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
