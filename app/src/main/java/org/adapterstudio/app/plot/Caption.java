package org.adapterstudio.app.plot;

import java.util.ArrayList;
import java.util.List;

/** A sentence in the middle of an empty plot, broken into lines that fit. */
final class Caption {
  private static final double LETTER = 7;

  private Caption() {}

  static void centred(Pen pen, String text, double width, double height) {
    List<String> lines = lines(text, (int) Math.max(8, (width - 16) / LETTER));
    for (int i = 0; i < lines.size(); i++) {
      double y = height / 2 + (i - (lines.size() - 1) / 2.0) * 18;
      pen.text(lines.get(i), width / 2, y, 12, Pen.Anchor.CENTRE, Ink.MUTED);
    }
  }

  /** Lines of at most so many letters, broken at spaces. */
  static List<String> lines(String text, int letters) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > letters) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
