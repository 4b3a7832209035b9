package org.adapterstudio.app.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads back what event files of numbers hold; every sum is checked. */
final class EventFileReader {
  private double time;
  private long step;
  private String tag;
  private float value;

  private EventFileReader() {}

  static List<Scalar> read(byte[] file) {
    var scalars = new ArrayList<Scalar>();
    var in = little(file);
    for (boolean first = true; in.hasRemaining(); first = false) {
      byte[] content = frame(in);
      if (!first) {
        scalars.add(new EventFileReader().event(little(content)));
      }
    }
    return scalars;
  }

  private static byte[] frame(ByteBuffer in) {
    byte[] length = bytes(in, 8);
    check(length, in.getInt());
    byte[] content = bytes(in, (int) little(length).getLong());
    check(content, in.getInt());
    return content;
  }

  private static void check(byte[] bytes, int sum) {
    if (EventFile.masked(bytes) != sum) {
      throw new IllegalStateException("A crc does not fit");
    }
  }

  private Scalar event(ByteBuffer in) {
    fields(in);
    return new Scalar(tag, (int) step, Math.round(time * 1000), value);
  }

  /** Event, Summary and Value share no field of the same number and kind but the messages. */
  private void fields(ByteBuffer in) {
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      switch (key & 7) {
        case 0 -> step = varint(in);
        case 1 -> time = in.getDouble();
        case 5 -> value = in.getFloat();
        default -> {
          byte[] content = bytes(in, (int) varint(in));
          if (tag == null && content[0] != 10) {
            tag = new String(content, StandardCharsets.UTF_8);
          } else {
            fields(little(content));
          }
        }
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
