package org.adapterstudio.app.run;

import java.util.List;
import org.adapterstudio.app.plot.Abscissa;
import org.adapterstudio.app.plot.Series;

/**
 * What is known of a step beside its number: seconds of training so far, pauses between engines
 * left out, the time of day, and tokens so far.
 */
final class StepTimes {
  private final Series elapsed = new Series();
  private final Series wall = new Series();
  private final Series tokens = new Series();
  private final List<Abscissa> axes =
      List.of(
          Abscissa.along(Abscissa.Kind.ELAPSED, elapsed, 0),
          Abscissa.along(Abscissa.Kind.WALL, wall, Double.NaN),
          Abscissa.along(Abscissa.Kind.TOKENS, tokens, 0));
  private long before;

  /** An engine took over after a step; the time it was away for is not training. */
  void restart(int from) {
    elapsed.truncateAfter(from);
    wall.truncateAfter(from);
    tokens.truncateAfter(from);
    before = 0;
  }

  /** A step was logged at a time, in milliseconds since 1970. */
  void step(int step, long time, double seconds, long ofStep) {
    double took = before == 0 || time < before ? seconds : (time - before) / 1e3;
    elapsed.add(step, soFar(elapsed) + took);
    wall.add(step, wall.size() == 0 ? time : Math.max(time, wall.lastY())); // clocks may jump back
    tokens.add(step, soFar(tokens) + ofStep);
    before = time;
  }

  /** All but the step itself. */
  List<Abscissa> axes() {
    return axes;
  }

  /** The axis of a kind. */
  Abscissa axis(Abscissa.Kind kind) {
    return axes.stream().filter(axis -> axis.kind() == kind).findFirst().orElse(Abscissa.STEP);
  }

  private static double soFar(Series series) {
    return series.size() == 0 ? 0 : series.lastY();
  }
}
