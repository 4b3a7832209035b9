package org.adapterstudio.contract.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the uncompressed entries of a zip file lie (PKWARE APPNOTE 6.3.10), so that they can be
 * mapped; the libraries for zip files give streams only.
 */
final class ZipEntries {
  private static final int END = 0x06054b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int END_64 = 0x06064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 65_535;
  private static final long MOST_DIRECTORY = 64L << 20;
  private static final long IN_EXTRA = 0xffffffffL;

  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One entry.
   *
   * @param stored neither compressed nor encrypted
   * @param size in bytes
   * @param header where its own header starts
   */
  private record Entry(boolean stored, long size, long header) {}

  private ZipEntries(FileChannel channel) {
    this.channel = channel;
  }

  /** Reads the directory at the file's end. */
  static ZipEntries read(FileChannel channel) throws IOException {
    var zip = new ZipEntries(channel);
    int tail = (int) Math.min(channel.size(), END_BYTES + LONGEST_COMMENT);
    long from = channel.size() - tail;
    ByteBuffer bytes = zip.bytes(from, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (bytes.getInt(at) == END) {
        zip.directory(bytes, at, from + at);
        return zip;
      }
    }
    throw Unreadable.damaged("its end is missing");
  }

  private void directory(ByteBuffer tail, int at, long end) throws IOException {
    long size = tail.getInt(at + 12) & 0xffffffffL;
    long start = tail.getInt(at + 16) & 0xffffffffL;
    if (end >= 20) {
      ByteBuffer locator = bytes(end - 20, 20);
      if (locator.getInt(0) == END_64_LOCATOR) {
        ByteBuffer large = bytes(locator.getLong(8), 56);
        if (large.getInt(0) != END_64) {
          throw Unreadable.damaged("its directory is missing");
        }
        size = large.getLong(40);
        start = large.getLong(48);
      }
    }
    if (size < 0 || size > MOST_DIRECTORY) {
      throw Unreadable.damaged("its directory claims " + size + " bytes");
    }
    ByteBuffer directory = bytes(start, (int) size);
    while (directory.remaining() >= 46) {
      entry(directory);
    }
  }

  private void entry(ByteBuffer in) {
    int at = in.position();
    int name = in.getShort(at + 28) & 0xffff;
    int extra = in.getShort(at + 30) & 0xffff;
    int comment = in.getShort(at + 32) & 0xffff;
    if (in.getInt(at) != CENTRAL || in.remaining() < 46 + name + extra + comment) {
      throw Unreadable.damaged("its directory is damaged");
    }
    long[] sizes = {
      in.getInt(at + 24) & 0xffffffffL,
      in.getInt(at + 20) & 0xffffffffL,
      in.getInt(at + 42) & 0xffffffffL
    };
    large(in.slice(at + 46 + name, extra).order(ByteOrder.LITTLE_ENDIAN), sizes);
    boolean plain = in.getShort(at + 10) == 0 && (in.getShort(at + 8) & 1) == 0;
    String path = StandardCharsets.UTF_8.decode(in.slice(at + 46, name)).toString();
    entries.put(path, new Entry(plain && sizes[0] == sizes[1], sizes[0], sizes[2]));
    in.position(at + 46 + name + extra + comment);
  }

  /** Sizes that do not fit 32 bits stand in an extra field, in the order of the short ones. */
  private static void large(ByteBuffer extra, long[] sizes) {
    while (extra.remaining() >= 4) {
      int kind = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      int next = extra.position() + length;
      for (int i = 0; kind == 1 && i < sizes.length; i++) {
        if (sizes[i] == IN_EXTRA && next - extra.position() >= 8) {
          sizes[i] = extra.getLong();
        }
      }
      extra.position(next);
    }
  }

  /** Names of all entries, in the order of the directory. */
  Iterable<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * The bytes of an entry in the file.
   *
   * @param begin its first byte
   * @param size how many
   */
  record Place(long begin, long size) {}

  /** Where an entry lies; one that is missing, packed or beyond the file is refused. */
  Place place(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw Unreadable.damaged("it has no part " + name);
    }
    if (!entry.stored()) {
      throw new Unreadable(
          "is packed: its part " + name + " is compressed or encrypted",
          "Load it with PyTorch and save it again.");
    }
    ByteBuffer header = bytes(entry.header(), 30);
    long names = (header.getShort(26) & 0xffff) + (long) (header.getShort(28) & 0xffff);
    long begin = entry.header() + 30 + names;
    if (header.getInt(0) != LOCAL || entry.size() < 0 || entry.size() > channel.size() - begin) {
      throw Unreadable.damaged("its part " + name + " is cut short");
    }
    return new Place(begin, entry.size());
  }

  /** Some bytes of the file, none of them beyond its end. */
  ByteBuffer bytes(long at, int count) throws IOException {
    if (at < 0 || count < 0 || at > channel.size() - count) {
      throw Unreadable.damaged("it is cut short");
    }
    var buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw Unreadable.damaged("it is cut short");
      }
    }
    return buffer.flip();
  }
}
