package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;

/**
 * Put around the body of each loop when a template is rewritten: variables set in one round are
 * forgotten before the next, as in Jinja.
 */
final class LoopBodyTag implements Tag {
  static final String OPEN = "{% studio_loop_body %}";
  static final String CLOSE = "{% endstudio_loop_body %}";
  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "studio_loop_body";
  }

  @Override
  public String getEndTagName() {
    return "endstudio_loop_body";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder();
    try (var scope = interpreter.enterScope()) {
      for (Node child : tag.getChildren()) {
        text.append(child.render(interpreter).getValue());
        if (interpreter.getContext().get("loop") instanceof ForLoop loop && loop.isContinued()) {
          break;
        }
      }
    }
    return text.toString();
  }
}
