package org.adapterstudio.engine.method.schedule;

/**
 * How many ranks all layers may have together at a step: all at first, then falling with the cube
 * of what is left of the way, then the target (arXiv:2303.10512, equation 12).
 *
 * @param initial ranks of all layers at the start
 * @param target ranks of all layers at the end
 * @param warmup steps with all ranks
 * @param settling last steps with the target
 * @param interval ranks are chosen every so many steps
 * @param total steps of the run
 */
record CubicBudget(int initial, int target, int warmup, int settling, int interval, int total) {
  /** The step at which the ranks that are left are chosen for good. */
  int last() {
    return total - settling;
  }

  /** Ranks of all layers at a step, from 1. */
  int at(int step) {
    if (step <= warmup) {
      return initial;
    }
    if (step > last()) {
      return target;
    }
    double left = 1 - (double) (step - warmup) / (last() - warmup);
    return (int) ((initial - target) * Math.pow(left, 3) + target);
  }

  /** Whether ranks are chosen at a step. */
  boolean chooses(int step) {
    boolean due = step > warmup && step < last() && step % interval == 0;
    return due || step == last();
  }
}
