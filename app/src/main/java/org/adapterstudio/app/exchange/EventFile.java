package org.adapterstudio.app.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file: TFRecord frames (length, masked crc32c of the length, bytes, masked
 * crc32c of the bytes, all little-endian), each an {@code Event} message. The first says the
 * version; of the others each holds numbers of one step.
 */
final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK = 0xa282ead8;

  // Fields of tensorboard/compat/proto/event.proto and summary.proto.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private final OutputStream out;

  /**
   * A file that says its version and nothing else yet.
   *
   * @param time milliseconds since 1970, UTC
   */
  EventFile(OutputStream out, long time) throws IOException {
    this.out = out;
    frame(out, new Protobuf().real(WALL_TIME, time / 1e3).text(FILE_VERSION, VERSION).bytes());
  }

  /** Appends one number. */
  void write(Scalar scalar) throws IOException {
    var event = new Protobuf().real(WALL_TIME, scalar.time() / 1e3);
    if (scalar.step() != 0) {
      event.whole(STEP, scalar.step());
    }
    var value = new Protobuf().text(TAG, scalar.tag()).real(SIMPLE_VALUE, (float) scalar.value());
    frame(out, event.message(SUMMARY, new Protobuf().message(VALUE, value)).bytes());
  }

  /** One TFRecord. */
  static void frame(OutputStream out, byte[] content) throws IOException {
    byte[] length = little(8).putLong(content.length).array();
    out.write(length);
    out.write(little(4).putInt(masked(length)).array());
    out.write(content);
    out.write(little(4).putInt(masked(content)).array());
  }

  /** crc32c, turned right by 15 bits and shifted, so that a sum of bytes with a sum is no sum. */
  static int masked(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
