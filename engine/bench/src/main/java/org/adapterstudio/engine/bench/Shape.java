package org.adapterstudio.engine.bench;

/**
 * What is trained in a measurement: a Llama with heads of 64 and random weights.
 *
 * @param hidden numbers in the stream
 * @param rows of a batch
 * @param length of a row in tokens
 */
record Shape(int hidden, int layers, int vocabulary, int rows, int length) {
  /** Numbers between the MLP's layers: about 2.75 times the stream, a multiple of 64. */
  int intermediate() {
    return Math.round(2.75f * hidden / 64) * 64;
  }

  int heads() {
    return hidden / 64;
  }

  int tokens() {
    return rows * length;
  }
}
