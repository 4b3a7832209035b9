package org.adapterstudio.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Works done in turn, so that a machine whose speed drifts slows all of them alike.
 *
 * @param seconds of each work's runs, in the order given
 */
record Timing(List<double[]> seconds) {
  /** Each work once to warm up, then {@code rounds} times in turn. */
  static Timing inTurn(int rounds, Runnable... works) {
    var seconds = new ArrayList<double[]>();
    for (Runnable work : works) {
      work.run();
      seconds.add(new double[rounds]);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        long start = System.nanoTime();
        works[i].run();
        seconds.get(i)[round] = (System.nanoTime() - start) / 1e9;
      }
    }
    return new Timing(seconds);
  }

  /** Median seconds of one work. */
  double median(int work) {
    return median(seconds.get(work));
  }

  /** Median over the rounds of one work's time over another's. */
  double ratio(int work, int other) {
    double[] ratios = new double[seconds.get(work).length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = seconds.get(work)[i] / seconds.get(other)[i];
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
