package org.adapterstudio.app.run;

import java.time.Duration;
import java.time.Instant;

/**
 * How long an engine has given no sign of life. Between two looks only as much time is believed to
 * have passed as looks are apart, so that a clock that is set, or a machine that slept, silences
 * nobody.
 */
final class Silence {
  /** Looks are half a second apart; a busy machine may take a little longer. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private Instant beat;
  private Instant looked;
  private Duration silent = Duration.ZERO;

  /**
   * Takes a look.
   *
   * @param heartbeat when the engine last gave a sign; null where it never did
   */
  Duration after(Instant heartbeat, Instant now) {
    if (heartbeat == null) {
      beat = null;
      return silent = Duration.ZERO;
    }
    if (!heartbeat.equals(beat)) {
      silent = beat == null ? longest(heartbeat, now, Duration.ofDays(365)) : Duration.ZERO;
      beat = heartbeat;
    } else {
      silent = silent.plus(longest(looked, now, LONGEST_LOOK));
    }
    looked = now;
    return silent;
  }

  private static Duration longest(Instant from, Instant to, Duration most) {
    Duration passed = Duration.between(from, to);
    if (passed.isNegative()) {
      return Duration.ZERO;
    }
    return passed.compareTo(most) > 0 ? most : passed;
  }
}
