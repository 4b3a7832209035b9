package org.adapterstudio.samples;

/**
 * The printable letter that stands for each byte in a byte-level vocabulary, as GPT-2 chose them.
 */
final class ByteLetters {
  private static final String[] LETTERS = letters();

  private ByteLetters() {}

  /** The letter of a byte, 0 to 255. */
  static String of(int value) {
    return LETTERS[value];
  }

  private static String[] letters() {
    var letters = new String[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      letters[b] = Character.toString(printable ? b : next++);
    }
    return letters;
  }
}
