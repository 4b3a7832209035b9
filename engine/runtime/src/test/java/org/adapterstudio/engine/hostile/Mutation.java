package org.adapterstudio.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One damage done to a file's bytes. Places are parts of a million of the current length, or, where
 * negative, offsets from the start, because headers matter most.
 */
sealed interface Mutation {
  byte[] apply(byte[] bytes);

  /** Turns one bit over. */
  record Flip(int where, int bit) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      byte[] changed = bytes.clone();
      if (changed.length > 0) {
        changed[place(where, changed.length - 1)] ^= (byte) (1 << bit);
      }
      return changed;
    }
  }

  /** Writes a whole number over what is there. */
  record Put(int where, int width, long value, boolean bigEndian) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      byte[] changed = bytes.clone();
      int at = place(where, Math.max(0, changed.length - width));
      byte[] number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
      for (int i = 0; i < width && at + i < changed.length; i++) {
        changed[at + i] = number[bigEndian ? width - 1 - i : i];
      }
      return changed;
    }
  }

  /** Takes a piece out. */
  record Remove(int where, int length) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      int at = place(where, bytes.length);
      return join(bytes, at, new byte[0], Math.min(bytes.length, at + length));
    }
  }

  /** Writes a piece twice. */
  record Repeat(int where, int length) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      int at = place(where, bytes.length);
      int end = Math.min(bytes.length, at + length);
      return join(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
    }
  }

  /** Puts bytes in between. */
  record Insert(int where, List<Byte> given) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      int at = place(where, bytes.length);
      byte[] inserted = new byte[given.size()];
      for (int i = 0; i < inserted.length; i++) {
        inserted[i] = given.get(i);
      }
      return join(bytes, at, inserted, at);
    }
  }

  /** Leaves the end out. */
  record Cut(int where) implements Mutation {
    @Override
    public byte[] apply(byte[] bytes) {
      return Arrays.copyOf(bytes, place(where, bytes.length));
    }
  }

  /** Writes another value where a JSON value, a name or a number stands. */
  record Replace(int where, String value) implements Mutation {
    private static final Pattern VALUE =
        Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*+\"|-?\\d++(?:\\.\\d++)?+|true|false|null|\\[]|\\{}");

    @Override
    public byte[] apply(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      List<MatchResult> values = VALUE.matcher(text).results().limit(20_000).toList();
      if (values.isEmpty()) {
        return bytes;
      }
      MatchResult one = values.get(place(where, values.size() - 1));
      String changed = text.substring(0, one.start()) + value + text.substring(one.end());
      return changed.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** A place as an index up to a limit, the limit included. */
  private static int place(int where, int limit) {
    return where < 0 ? Math.min(limit, -1 - where) : (int) ((long) where * limit / 1_000_000);
  }

  /** Bytes up to a place, others, and bytes from another place on. */
  private static byte[] join(byte[] bytes, int upTo, byte[] between, int from) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, upTo);
    out.writeBytes(between);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }

  /** One to three damages; with values where the bytes are text. */
  static Arbitrary<List<Mutation>> several(boolean text) {
    return one(text).list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Mutation> one(boolean text) {
    var where = wheres();
    var numbers = Arbitraries.frequencyOf(Tuple.of(3, odd()), Tuple.of(1, Arbitraries.longs()));
    var widths = Arbitraries.of(1, 2, 4, 8);
    var lengths = Arbitraries.integers().between(1, 64);
    var bytes = Arbitraries.bytes().list().ofMinSize(1).ofMaxSize(16);
    Arbitrary<Mutation> flip =
        Combinators.combine(where, Arbitraries.integers().between(0, 7)).as(Flip::new);
    Arbitrary<Mutation> put =
        Combinators.combine(where, widths, numbers, Arbitraries.of(true, false)).as(Put::new);
    Arbitrary<Mutation> remove = Combinators.combine(where, lengths).as(Remove::new);
    Arbitrary<Mutation> repeat = Combinators.combine(where, lengths).as(Repeat::new);
    Arbitrary<Mutation> insert = Combinators.combine(where, bytes).as(Insert::new);
    Arbitrary<Mutation> replace = Combinators.combine(where, values()).as(Replace::new);
    return Arbitraries.frequencyOf(
        Tuple.of(text ? 1 : 4, flip),
        Tuple.of(text ? 1 : 6, put),
        Tuple.of(text ? 1 : 2, remove),
        Tuple.of(text ? 1 : 2, repeat),
        Tuple.of(text ? 1 : 2, insert),
        Tuple.of(1, where.map(Cut::new)),
        Tuple.of(text ? 30 : 0, replace));
  }

  private static Arbitrary<Integer> wheres() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.integers().between(0, 1_000_000)),
        Tuple.of(1, Arbitraries.integers().between(-128, -1)));
  }

  /** Numbers at which sizes, offsets and counts go wrong. */
  private static Arbitrary<Long> odd() {
    return Arbitraries.of(
        0L,
        1L,
        -1L,
        2L,
        127L,
        128L,
        255L,
        32_767L,
        65_535L,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x7fffffffffffffffL,
        0x8000000000000000L,
        1L << 20,
        1L << 30,
        1L << 40);
  }

  private static Arbitrary<String> values() {
    return Arbitraries.of(
        "0",
        "-1",
        "1",
        "3",
        "7",
        "100000",
        "2147483647",
        "-2147483648",
        "4294967296",
        "9223372036854775807",
        "1e308",
        "-1e999",
        "0.5",
        "1e-320",
        "9".repeat(900),
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "[0]",
        "[[1,2],[3]]",
        "{\"a\":{\"b\":[]}}",
        "[".repeat(3000),
        "[".repeat(900) + "]".repeat(900),
        "\"\"",
        "\"x\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"../../../etc/passwd\"",
        "\"/\"",
        "\"(((((a+)+)+)+)+)+$\"",
        "\"" + "y".repeat(5000) + "\"",
        "\"F32\"",
        "\"model.safetensors\"",
        "\"lm_head.weight\"",
        ",",
        "");
  }
}
