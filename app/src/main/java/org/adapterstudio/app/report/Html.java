package org.adapterstudio.app.report;

/** Text made safe to stand in HTML, and the few elements the report is made of. */
final class Html {
  private Html() {}

  /** Escapes everything that could end a text or an attribute value. */
  static String text(String raw) {
    var safe = new StringBuilder(raw.length() + 16);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return safe.toString();
  }

  /** A heading with what stands under it; the content is HTML already. */
  static String section(String title, String note, String content) {
    String under = note.isEmpty() ? "" : "<p class=\"note\">" + text(note) + "</p>\n";
    return "<section>\n<h2>" + text(title) + "</h2>\n" + under + content + "\n</section>\n";
  }

  /** A table row; cells are plain text, escaped here. */
  static String row(String tag, String... cells) {
    var row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append('<').append(tag).append('>').append(text(cell));
      row.append("</").append(tag).append('>');
    }
    return row.append("</tr>\n").toString();
  }
}
