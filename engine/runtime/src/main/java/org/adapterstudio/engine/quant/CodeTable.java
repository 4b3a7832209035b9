package org.adapterstudio.engine.quant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Numbers that codes stand for, rising, and the thresholds between them: a number gets the code of
 * the nearest entry, the lower one where it lies half-way.
 */
record CodeTable(float[] numbers, float[] thresholds) {
  /** NormalFloat: 16 quantiles of the normal distribution, scaled into [-1, 1], 0 among them. */
  static final CodeTable NF4 =
      of(
          new float[] {
            -1.0f,
            -0.6961928009986877f,
            -0.5250730514526367f,
            -0.39491748809814453f,
            -0.28444138169288635f,
            -0.18477343022823334f,
            -0.09105003625154495f,
            0.0f,
            0.07958029955625534f,
            0.16093020141124725f,
            0.24611230194568634f,
            0.33791524171829224f,
            0.44070982933044434f,
            0.5626170039176941f,
            0.7229568362236023f,
            1.0f
          });

  /** The signed dynamic map: 7 decades, each cut twice as fine as the one below. */
  static final CodeTable DYNAMIC = of(dynamic());

  /** The code of 0. */
  int zero() {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == 0) {
        return i;
      }
    }
    throw new IllegalStateException("A table without 0");
  }

  /** Both numbers of every byte of packed 4-bit codes, the high half first: [256, 2]. */
  float[] pairs() {
    float[] pairs = new float[512];
    for (int code = 0; code < 256; code++) {
      pairs[2 * code] = numbers[code >> 4];
      pairs[2 * code + 1] = numbers[code & 15];
    }
    return pairs;
  }

  private static CodeTable of(float[] numbers) {
    float[] thresholds = new float[numbers.length - 1];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = (float) (((double) numbers[i] + numbers[i + 1]) / 2);
    }
    return new CodeTable(numbers, thresholds);
  }

  private static float[] dynamic() {
    List<Float> entries = new ArrayList<>(List.of(0f, 1f));
    for (int decade = 0; decade < 7; decade++) {
      float scale = (float) Math.pow(10, decade - 6);
      float[] bounds = linspace(0.1f, 1f, (1 << decade) + 1);
      for (int i = 0; i + 1 < bounds.length; i++) {
        float middle = scale * ((bounds[i] + bounds[i + 1]) / 2);
        entries.add(middle);
        entries.add(-middle);
      }
    }
    Collections.sort(entries);
    float[] numbers = new float[entries.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = entries.get(i);
    }
    return numbers;
  }

  /** As PyTorch rounds it: from both ends towards the middle, each with one rounding. */
  private static float[] linspace(float start, float end, int count) {
    float step = (end - start) / (count - 1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i < count / 2 ? Math.fma(step, i, start) : Math.fma(-step, count - i - 1f, end);
    }
    return values;
  }
}
