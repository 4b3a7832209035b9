package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;

/**
 * Checks a precompiled character map: a double-array trie (Aoe 1989, as darts-clone stores it) over
 * the characters that are rewritten, then the texts they become. The native library follows its
 * offsets without looking, so that a damaged map would end the whole process.
 */
final class CharacterMap {
  private final int[] units;
  private final byte[] texts;

  private CharacterMap(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  /** Looks through a whole tokenizer.json for such maps; a damaged one is an exception. */
  static void check(JsonNode tokenizer) {
    for (JsonNode part : tokenizer.findParents("type")) {
      if (part.path("type").asText().equals("Precompiled")) {
        String map = part.path("precompiled_charsmap").asText("");
        byte[] bytes = Base64.getDecoder().decode(map);
        if (!Base64.getEncoder().encodeToString(bytes).equals(map)) {
          throw new IllegalArgumentException("its character map is not written in base64");
        }
        check(bytes);
      }
    }
  }

  /** Throws {@link IllegalArgumentException} where an offset leads out of the map. */
  static void check(byte[] map) {
    ByteBuffer in = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
    int length = in.remaining() < 4 ? -1 : in.getInt();
    if (length < 4 || length % 4 != 0 || length > in.remaining()) {
      throw new IllegalArgumentException("its character map is cut off");
    }
    int[] units = new int[length / 4];
    in.asIntBuffer().get(units);
    in.position(in.position() + length);
    byte[] texts = new byte[in.remaining()];
    in.get(texts);
    requireUtf8(texts);
    new CharacterMap(units, texts).walk();
  }

  private static void requireUtf8(byte[] texts) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the texts of its character map are not UTF-8", e);
    }
  }

  private void walk() {
    BitSet seen = new BitSet(units.length);
    var open = new ArrayDeque<Integer>();
    follow(offset(units[0]), seen, open);
    while (!open.isEmpty()) {
      int base = open.pop();
      for (int letter = 1; letter < 256; letter++) {
        int unit = units[base ^ letter];
        if ((unit & 0x800000FF) == letter) {
          int child = base ^ letter ^ offset(unit);
          follow(child, seen, open);
          if ((unit >>> 8 & 1) == 1) {
            requireText(child);
          }
        }
      }
    }
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private void follow(int base, BitSet seen, ArrayDeque<Integer> open) {
    if (base < 0 || (base | 255) >= units.length) {
      throw new IllegalArgumentException("its character map points outside itself");
    }
    if (!seen.get(base)) {
      seen.set(base);
      open.push(base);
    }
  }

  /** The text that a rewritten character becomes must begin at a character of the texts. */
  private void requireText(int leaf) {
    int start = units[leaf] & 0x7FFFFFFF;
    boolean inside = start < texts.length;
    if (!inside || (texts[start] & 0xC0) == 0x80) {
      throw new IllegalArgumentException("its character map points outside its texts");
    }
  }
}
