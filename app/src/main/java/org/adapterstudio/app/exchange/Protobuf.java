package org.adapterstudio.app.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The few kinds of fields that an event file needs, in protobuf's wire format. Fields of their
 * default are left out, as every writer of version 3 does; the caller decides.
 */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A double. */
  Protobuf real(int field, double value) {
    key(field, FIXED64);
    out.writeBytes(little(8).putDouble(value).array());
    return this;
  }

  /** A float. */
  Protobuf real(int field, float value) {
    key(field, FIXED32);
    out.writeBytes(little(4).putFloat(value).array());
    return this;
  }

  /** An int64. */
  Protobuf whole(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** A string. */
  Protobuf text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message. */
  Protobuf message(int field, Protobuf value) {
    return bytes(field, value.bytes());
  }

  /** Everything written. */
  byte[] bytes() {
    return out.toByteArray();
  }

  private Protobuf bytes(int field, byte[] value) {
    key(field, DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int kind) {
    varint((long) field << 3 | kind);
  }

  private void varint(long value) {
    for (long rest = value; ; rest >>>= 7) {
      if ((rest & ~0x7fL) == 0) {
        out.write((int) rest);
        return;
      }
      out.write((int) (rest & 0x7f | 0x80));
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
