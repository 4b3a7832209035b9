package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Sounds as log-mel features, with what is said in them.
 *
 * @param rows sounds
 * @param inputFeatures [rows, mels, frames]
 * @param length tokens of the longest transcript
 * @param labels [rows, length], ids to learn at their own position, -100 where filled up
 * @param files each sound's own, for messages
 */
public record SoundBatch(
    int rows,
    int mels,
    int frames,
    float[] inputFeatures,
    int length,
    long[] labels,
    List<Path> files) {
  /**
   * What the decoder is given: the labels moved one place to the right behind the start token.
   *
   * @param start of a transcript, {@code decoder_start_token_id}
   * @param pad where labels are filled up
   */
  public long[] decoderInputIds(long start, long pad) {
    long[] ids = new long[labels.length];
    for (int i = 0; i < ids.length; i++) {
      long before = i % length == 0 ? start : labels[i - 1];
      ids[i] = before == EncodedRow.NOT_TRAINED ? pad : before;
    }
    return ids;
  }
}
