package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The block tag {@code generation} of transformers: what it encloses was written by the model. The
 * place is carried through rendering by two private-use characters, taken out again afterwards.
 */
final class GenerationTag implements Tag {
  private static final long serialVersionUID = 1L;
  private static final char OPEN = '\uE0F0';
  private static final char CLOSE = '\uE0F1';

  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String getEndTagName() {
    return "endgeneration";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder().append(OPEN);
    for (Node child : tag.getChildren()) {
      text.append(child.render(interpreter).getValue());
    }
    return text.append(CLOSE).toString();
  }

  /** Takes the marks out of a rendered text and says where they stood. */
  static Rendered unmark(String marked) {
    if (marked.indexOf(OPEN) < 0) {
      return new Rendered(marked, List.of());
    }
    StringBuilder text = new StringBuilder(marked.length());
    List<Span> spans = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      switch (c) {
        case OPEN -> start = text.length();
        case CLOSE -> spans.add(new Span(start, text.length()));
        default -> text.append(c);
      }
    }
    return new Rendered(text.toString(), spans);
  }
}
