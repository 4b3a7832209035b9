package org.adapterstudio.engine.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Walks a Parquet file's footer (Thrift's compact protocol) without keeping anything: every list
 * and every text it declares must fit into the bytes that are there. The Parquet library makes room
 * for what is declared before it looks.
 */
final class ParquetFooter {
  private static final int DEEPEST = 64;
  private static final int TAIL = 8;
  private static final int LONGEST = 64 << 20;

  private final ByteBuffer bytes;

  private ParquetFooter(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Whether the footer of a file is whole.
   *
   * @param file of which the last four bytes are PAR1
   */
  static boolean isWhole(SeekableByteChannel file) throws IOException {
    ByteBuffer tail = read(file, file.size() - TAIL, TAIL);
    long length = Integer.toUnsignedLong(tail.getInt());
    if (length > LONGEST || length > file.size() - TAIL - 4) {
      return false;
    }
    var footer = new ParquetFooter(read(file, file.size() - TAIL - length, (int) length));
    try {
      return footer.struct(0);
    } catch (BufferUnderflowException e) {
      return false;
    }
  }

  private static ByteBuffer read(SeekableByteChannel file, long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    file.position(at);
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  private boolean struct(int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    while (true) {
      int head = bytes.get() & 0xff;
      if (head == 0) {
        return true;
      }
      if (head >> 4 == 0) {
        number(); // the field's own number, where it is not told by the one before
      }
      int type = head & 0xf;
      boolean flag = type == 1 || type == 2; // which is its own value
      if (!flag && !value(type, depth)) {
        return false;
      }
    }
  }

  private boolean value(int type, int depth) {
    return switch (type) {
      case 1, 2, 3 -> skip(1);
      case 4, 5, 6 -> {
        number();
        yield true;
      }
      case 7 -> skip(8);
      case 8 -> skip(number());
      case 9, 10 -> list(depth);
      case 11 -> map(depth);
      case 12 -> struct(depth + 1);
      default -> false;
    };
  }

  private boolean list(int depth) {
    int head = bytes.get() & 0xff;
    long size = head >> 4 == 15 ? number() : head >> 4;
    return values(size, depth, head & 0xf);
  }

  private boolean map(int depth) {
    long size = number();
    if (size == 0) {
      return true;
    }
    int types = bytes.get() & 0xff;
    return values(size, depth, types >> 4, types & 0xf);
  }

  private boolean values(long size, int depth, int... types) {
    if (size < 0 || size > bytes.remaining() || depth > DEEPEST) {
      return false;
    }
    for (long i = 0; i < size; i++) {
      for (int type : types) {
        if (!value(type, depth + 1)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean skip(long count) {
    if (count < 0 || count > bytes.remaining()) {
      return false;
    }
    bytes.position(bytes.position() + (int) count);
    return true;
  }

  /** A number of 7 bits a byte, lowest first. */
  private long number() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}
