package org.adapterstudio.engine;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.adapterstudio.engine.tensor.Values;

/** A small matrix in double precision, so that a test's own arithmetic adds no error. */
public record Matrix(int rows, int columns, double[] numbers) {
  /** The numbers of an array. */
  public static Matrix of(NDArray array) {
    long[] shape = array.getShape().getShape();
    return of(new Values(array.toFloatArray(), shape));
  }

  /** The numbers of a stored tensor. */
  public static Matrix of(Values values) {
    double[] numbers = new double[values.data().length];
    Arrays.setAll(numbers, i -> values.data()[i]);
    return new Matrix((int) values.shape()[0], (int) values.shape()[1], numbers);
  }

  /** One entry. */
  public double at(int row, int column) {
    return numbers[row * columns + column];
  }

  /** The other way round. */
  public Matrix transposed() {
    double[] turned = new double[numbers.length];
    Arrays.setAll(turned, i -> at(i % rows, i / rows));
    return new Matrix(columns, rows, turned);
  }

  /** The product with another. */
  public Matrix times(Matrix other) {
    double[] product = new double[rows * other.columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        for (int j = 0; j < other.columns; j++) {
          product[i * other.columns + j] += at(i, k) * other.at(k, j);
        }
      }
    }
    return new Matrix(rows, other.columns, product);
  }

  /** These rows and then another's. */
  public Matrix above(Matrix other) {
    double[] all = Arrays.copyOf(numbers, numbers.length + other.numbers.length);
    System.arraycopy(other.numbers, 0, all, numbers.length, other.numbers.length);
    return new Matrix(rows + other.rows, columns, all);
  }

  /** Every entry times a number. */
  public Matrix times(double factor) {
    return new Matrix(rows, columns, Arrays.stream(numbers).map(x -> factor * x).toArray());
  }

  /** The difference to another. */
  public Matrix minus(Matrix other) {
    double[] difference = new double[numbers.length];
    Arrays.setAll(difference, i -> numbers[i] - other.numbers[i]);
    return new Matrix(rows, columns, difference);
  }

  /** The unit matrix less this one, by its largest entry: 0 where this is the unit matrix. */
  public double fromUnit() {
    double worst = 0;
    for (int i = 0; i < numbers.length; i++) {
      worst = Math.max(worst, Math.abs(numbers[i] - (i / columns == i % columns ? 1 : 0)));
    }
    return worst;
  }

  /** Largest magnitude. */
  public double largest() {
    return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
  }

  /** Sum of squares. */
  public double squares() {
    return Arrays.stream(numbers).map(x -> x * x).sum();
  }
}
