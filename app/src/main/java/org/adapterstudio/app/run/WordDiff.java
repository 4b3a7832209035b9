package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.List;

/** Marks the words of a text that another text does not have in the same order. */
public final class WordDiff {
  private static final int LIMIT = 600;

  private WordDiff() {}

  /**
   * A run of text.
   *
   * @param changed whether the other text lacks it
   */
  public record Piece(String text, boolean changed) {}

  /** The text in pieces, by a longest common subsequence of words. */
  public static List<Piece> of(String before, String text) {
    String[] a = words(before);
    String[] b = words(text);
    if (a.length > LIMIT || b.length > LIMIT) {
      return List.of(new Piece(text, !before.equals(text)));
    }
    int[][] common = common(a, b);
    var pieces = new ArrayList<Piece>();
    int i = 0;
    int j = 0;
    while (j < b.length) {
      if (i < a.length && a[i].strip().equals(b[j].strip())) {
        append(pieces, b[j], false);
        i++;
        j++;
      } else if (i < a.length && common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        append(pieces, b[j], true);
        j++;
      }
    }
    return pieces;
  }

  private static int[][] common(String[] a, String[] b) {
    int[][] length = new int[a.length + 1][b.length + 1];
    for (int i = a.length - 1; i >= 0; i--) {
      for (int j = b.length - 1; j >= 0; j--) {
        length[i][j] =
            a[i].strip().equals(b[j].strip())
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }

  private static void append(List<Piece> pieces, String word, boolean changed) {
    if (!pieces.isEmpty() && pieces.getLast().changed() == changed) {
      word = pieces.removeLast().text() + word;
    }
    pieces.add(new Piece(word, changed));
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split("(?<=\\s)(?=\\S)");
  }
}
