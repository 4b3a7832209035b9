package org.adapterstudio.engine.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Chooses the next token from logits.
 *
 * @param temperature 0 takes the largest
 * @param topP keeps the smallest set of tokens whose probabilities reach this sum
 * @param random stream of this answer
 */
public record Sampler(double temperature, double topP, RandomGenerator random) {
  /** A sampler whose choices depend on the seed alone. */
  public static Sampler of(double temperature, double topP, long seed) {
    return new Sampler(
        temperature, topP, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
  }

  /** Index of the chosen token. */
  public int choose(float[] logits) {
    if (temperature <= 0) {
      return largest(logits);
    }
    double[] weights = weights(logits);
    if (topP > 0 && topP < 1) {
      keepNucleus(weights);
    }
    double point = random.nextDouble() * Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      point -= weights[i];
      if (point < 0) {
        return i;
      }
    }
    return largest(logits);
  }

  private double[] weights(float[] logits) {
    double top = logits[largest(logits)];
    double[] weights = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      weights[i] = Math.exp((logits[i] - top) / temperature);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private void keepNucleus(double[] weights) {
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -weights[i]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    for (int i : order) {
      boolean enough = sum >= topP;
      sum += weights[i];
      if (enough) {
        weights[i] = 0;
      }
    }
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
