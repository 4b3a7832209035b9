package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.adapterstudio.contract.json.Json;

/** Plain text: each paragraph (blank lines apart) is one row with the field {@code text}. */
final class Paragraphs implements TextLines.Lines {
  private final RowFile.Sink sink;
  private final StringBuilder paragraph = new StringBuilder();
  private int start;

  private Paragraphs(RowFile.Sink sink) {
    this.sink = sink;
  }

  static void read(Path file, RowFile.Sink sink) throws IOException {
    Paragraphs paragraphs = new Paragraphs(sink);
    TextLines.read(file, paragraphs);
    paragraphs.end();
  }

  @Override
  public void line(int number, String text) {
    if (text.isBlank()) {
      end();
      return;
    }
    if (paragraph.isEmpty()) {
      start = number;
    } else {
      paragraph.append('\n');
    }
    paragraph.append(text);
  }

  @Override
  public void undecodable(int number) {
    sink.bad(number, "is not UTF-8 text");
  }

  private void end() {
    if (!paragraph.isEmpty()) {
      ObjectNode fields = Json.object().put("text", paragraph.toString());
      sink.row(new Row(start, fields));
      paragraph.setLength(0);
    }
  }
}
