package org.adapterstudio.engine.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoublePredicate;

/** The last so many numbers. */
final class Recent {
  private final Deque<Double> numbers = new ArrayDeque<>();
  private final int most;

  Recent(int most) {
    this.most = most;
  }

  void add(double number) {
    numbers.addLast(number);
    if (numbers.size() > most) {
      numbers.removeFirst();
    }
  }

  boolean full() {
    return numbers.size() == most;
  }

  long count(DoublePredicate holds) {
    return numbers.stream().mapToDouble(Double::doubleValue).filter(holds).count();
  }

  /** The middle one; of an even number the upper of the two. */
  double median() {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElse(Double.NaN);
  }
}
