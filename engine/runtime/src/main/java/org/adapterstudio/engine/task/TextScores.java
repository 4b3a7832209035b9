package org.adapterstudio.engine.task;

import java.util.List;

/** How near written texts come to what is wanted. */
final class TextScores {
  private TextScores() {}

  /** Share of answers that equal the wanted text but for blanks around it. */
  static double exactMatch(List<Lesson.Answered> answers) {
    long equal =
        answers.stream().filter(one -> one.written().strip().equals(one.wanted().strip())).count();
    return (double) equal / answers.size();
  }

  /**
   * Words that must be inserted, left out or replaced to get the wanted texts, over the words
   * wanted. Words are what stands between blanks, as it is written; above 1 where too much is
   * written.
   */
  static double wordErrorRate(List<Lesson.Answered> answers) {
    long edits = 0;
    long words = 0;
    for (Lesson.Answered one : answers) {
      String[] wanted = words(one.wanted());
      edits += distance(wanted, words(one.written()));
      words += wanted.length;
    }
    return (double) edits / Math.max(1, words);
  }

  private static String[] words(String text) {
    return text.isBlank() ? new String[0] : text.strip().split("\\s+");
  }

  /** Levenshtein's distance over words. */
  private static int distance(String[] wanted, String[] written) {
    int[] above = new int[written.length + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= wanted.length; i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int other = above[j - 1] + (wanted[i - 1].equals(written[j - 1]) ? 0 : 1);
        row[j] = Math.min(other, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[written.length];
  }
}
