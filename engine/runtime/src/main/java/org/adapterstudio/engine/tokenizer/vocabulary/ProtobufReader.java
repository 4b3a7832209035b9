package org.adapterstudio.engine.tokenizer.vocabulary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One protocol buffer message, field by field (the wire format of protobuf.dev/programming-guides/
 * encoding). What does not fit is an {@link IllegalArgumentException} that says why.
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer data;
  private int field;
  private int wire;

  ProtobufReader(ByteBuffer data) {
    this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; 0 at the end. */
  int next() {
    if (!data.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (tag >>> 32 != 0 || field <= 0) {
      throw new IllegalArgumentException("it has a field without a number");
    }
    return field;
  }

  long number() {
    require(VARINT);
    return varint();
  }

  boolean flag() {
    return number() != 0;
  }

  float real() {
    require(FIXED32);
    return Float.intBitsToFloat(take(4).getInt());
  }

  ByteBuffer bytes() {
    require(BYTES);
    return take(varint());
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text in it is not UTF-8", e);
    }
  }

  /** Passes over the field's value. */
  void skip() {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> take(8);
      case BYTES -> bytes();
      case FIXED32 -> take(4);
      default -> throw new IllegalArgumentException("field " + field + " has an unknown type");
    }
  }

  private void require(int wanted) {
    if (wire != wanted) {
      throw new IllegalArgumentException("field " + field + " has the wrong type");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = take(1).get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number in it does not end");
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > data.remaining()) {
      throw new IllegalArgumentException("it ends early");
    }
    ByteBuffer part = data.slice(data.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    data.position(data.position() + (int) length);
    return part;
  }
}
