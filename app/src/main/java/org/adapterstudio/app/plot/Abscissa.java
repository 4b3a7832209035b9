package org.adapterstudio.app.plot;

/** What lies on the horizontal axis of a plot, as a function of the step that never falls. */
public interface Abscissa {
  /** The step itself. */
  Abscissa STEP =
      new Abscissa() {
        @Override
        public Kind kind() {
          return Kind.STEP;
        }

        @Override
        public double at(double step) {
          return step;
        }

        @Override
        public double step(double value) {
          return value;
        }

        @Override
        public double start() {
          return 0;
        }
      };

  /** What a value on the axis means. */
  enum Kind {
    /** Optimizer updates. */
    STEP,
    /** Seconds of training, pauses between engines left out. */
    ELAPSED,
    /** Milliseconds since 1970, UTC. */
    WALL,
    /** Tokens seen. */
    TOKENS
  }

  /** What its values mean. */
  Kind kind();

  /** The value at a step. */
  double at(double step);

  /** The step at a value, between two points where it lies between them. */
  double step(double value);

  /** Where the axis begins. */
  double start();

  /**
   * An axis along a series.
   *
   * @param values by step; y never falls
   * @param start where the axis begins; NaN for the first value
   */
  static Abscissa along(Kind kind, Series values, double start) {
    return new Along(kind, values, start);
  }

  /** Straight lines between the points of a series, its end values outside of it. */
  record Along(Kind kind, Series values, double origin) implements Abscissa {
    @Override
    public double at(double step) {
      int size = values.size();
      int right = values.indexAfter(step);
      if (right == 0) {
        return start();
      }
      if (right == size || values.x(right - 1) == step) {
        return values.y(right - 1);
      }
      double share = (step - values.x(right - 1)) / (values.x(right) - values.x(right - 1));
      return values.y(right - 1) + share * (values.y(right) - values.y(right - 1));
    }

    @Override
    public double step(double value) {
      int low = firstAbove(value);
      if (low == 0 || low == values.size()) {
        return low == 0 ? 0 : values.lastX();
      }
      double left = values.y(low - 1);
      double share = (value - left) / (values.y(low) - left);
      return values.x(low - 1) + share * (values.x(low) - values.x(low - 1));
    }

    /** Index of the first y above a value, sought from where a straight line would have it. */
    private int firstAbove(double value) {
      int size = values.size();
      if (size == 0 || !(values.y(size - 1) > value)) {
        return size;
      }
      double share = (value - values.y(0)) / (values.y(size - 1) - values.y(0));
      int guess = Math.clamp((int) (share * (size - 1)), 0, size - 1);
      int stride = 1;
      int low = 0;
      int high = size;
      if (values.y(guess) > value) {
        high = guess;
        for (; high - stride >= 0 && values.y(high - stride) > value; stride *= 2) {
          high -= stride;
        }
        low = Math.max(0, high - stride);
      } else {
        low = guess + 1;
        for (; low + stride < size && !(values.y(low + stride) > value); stride *= 2) {
          low += stride;
        }
        high = Math.min(size, low + stride);
      }
      return between(low, high, value);
    }

    private int between(int from, int to, double value) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (values.y(middle) > value) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }

    @Override
    public double start() {
      if (!Double.isNaN(origin)) {
        return origin;
      }
      return values.size() == 0 ? 0 : values.y(0);
    }
  }
}
