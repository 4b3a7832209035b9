package org.adapterstudio.engine.model.pass;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.tensor.Values;

/**
 * Everything one pass is given. A network reads what its kind needs and names what is missing.
 *
 * @param tokens {@code input_ids} with their masks; null for images and sound
 * @param decoder {@code decoder_input_ids} of an encoder-decoder; null shifts the labels
 * @param dense {@code pixel_values} [B, C, H, W] or {@code input_features} [B, mel, T]; else null
 */
public record Inputs(Tokens tokens, Tokens decoder, Values dense) {
  /** Text alone. */
  public static Inputs of(Tokens tokens) {
    return new Inputs(tokens, null, null);
  }

  /** One text alone. */
  public static Inputs of(int[] ids) {
    return of(Tokens.of(Arrays.stream(ids).asLongStream().toArray(), 1));
  }

  /** Pictures or sound alone. */
  public static Inputs of(Values dense) {
    return new Inputs(null, null, dense);
  }

  /** The tokens, for a network that reads text. */
  public Tokens text() {
    if (tokens == null) {
      throw StudioException.badInput(
          "The inputs hold no input_ids, but this model reads text.", "Write them as input_ids.");
    }
    return tokens;
  }

  /** The same with what the decoder is given. */
  public Inputs decoding(Tokens decoder) {
    return new Inputs(tokens, decoder, dense);
  }

  /** Numbers that describe one example: its tokens, or all of a picture or sound. */
  public int length() {
    return tokens != null ? tokens.length() : dense.data().length / rows();
  }

  /** Examples of equal length as the rows of one pass; nothing of them may be padded. */
  public static Inputs together(List<Inputs> all) {
    Inputs first = all.getFirst();
    if (first.tokens != null) {
      long[] ids = all.stream().flatMapToLong(in -> LongStream.of(in.tokens.ids())).toArray();
      return of(Tokens.of(ids, all.size()));
    }
    int size = first.dense.data().length;
    float[] numbers = new float[size * all.size()];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(all.get(i).dense.data(), 0, numbers, i * size, size);
    }
    long[] shape = first.dense.shape().clone();
    shape[0] = all.size();
    return of(new Values(numbers, shape));
  }

  /** One example of them, without a decoder's. */
  public Inputs row(int row) {
    return new Inputs(tokens == null ? null : tokens.row(row), null, dense(row));
  }

  private Values dense(int row) {
    if (dense == null) {
      return null;
    }
    long[] shape = dense.shape().clone();
    int size = dense.data().length / (int) shape[0];
    shape[0] = 1;
    return new Values(Arrays.copyOfRange(dense.data(), row * size, (row + 1) * size), shape);
  }

  /** Number of examples. */
  public int rows() {
    return tokens != null ? tokens.rows() : (int) dense.shape()[0];
  }
}
