package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/** A small matrix in double precision, for what tests work out beside the engine. */
public record Matrix(int rows, int columns, double[] values) {
  /** An array of two dimensions. */
  public static Matrix of(NDArray array) {
    long[] shape = array.getShape().getShape();
    return of((int) shape[0], (int) shape[1], array.toFloatArray());
  }

  /** Numbers row by row. */
  public static Matrix of(int rows, int columns, float[] numbers) {
    var values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return new Matrix(rows, columns, values);
  }

  /** Ones on the diagonal. */
  public static Matrix identity(int n) {
    var values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return new Matrix(n, n, values);
  }

  /** The entry at a row and a column. */
  public double at(int row, int column) {
    return values[row * columns + column];
  }

  /** The product with another. */
  public Matrix times(Matrix other) {
    var product = new double[rows * other.columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < other.columns; j++) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
          sum += at(i, k) * other.at(k, j);
        }
        product[i * other.columns + j] = sum;
      }
    }
    return new Matrix(rows, other.columns, product);
  }

  /** Rows as columns. */
  public Matrix transposed() {
    var turned = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = at(i, j);
      }
    }
    return new Matrix(columns, rows, turned);
  }

  /** The sum with another. */
  public Matrix plus(Matrix other) {
    return plus(other, 1);
  }

  /** The difference from another. */
  public Matrix minus(Matrix other) {
    return plus(other, -1);
  }

  /** The same times a number. */
  public Matrix scaled(double factor) {
    return new Matrix(rows, columns, new double[values.length]).plus(this, factor);
  }

  private Matrix plus(Matrix other, double factor) {
    var sum = new double[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = values[i] + factor * other.values[i];
    }
    return new Matrix(rows, columns, sum);
  }

  /** Largest absolute entry. */
  public double largest() {
    double largest = 0;
    for (double value : values) {
      largest = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Singular values above a share of the largest. */
  public int rank(double share) {
    var numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    try (Scope scope = Kernels.get().inference()) {
      float[] all =
          scope.call("singular_values", scope.floats(numbers, rows, columns)).toFloatArray();
      int rank = 0;
      while (rank < all.length && all[rank] > share * all[0]) {
        rank++;
      }
      return rank;
    }
  }
}
