package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;

/** One template in the dialect of transformers, run by jinjava. */
final class JinjaTemplate {
  private static final Jinjava JINJAVA = JinjaDialect.engine();

  private final String name;
  private final Node root;
  private final boolean marksAnswers;
  // A context tells its parent every value it meets, so each template has a parent of its own,
  // emptied after each rendering.
  private final Context libraries = JINJAVA.getGlobalContextCopy();

  private JinjaTemplate(String name, String text, boolean marksAnswers) {
    this.name = name;
    this.marksAnswers = marksAnswers;
    this.root = parse(text);
  }

  /** Checks the template; what is not supported is bad input naming the line. */
  static JinjaTemplate compile(String name, String source) {
    String text = source.replace("\r\n", "\n");
    // Jinja itself drops one line break at the end of a template.
    text = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    List<TemplateLexer.Part> parts = TemplateLexer.parts(name, text);
    TemplateCheck.check(name, parts);
    boolean marks =
        parts.stream()
            .anyMatch(part -> TemplateCheck.words(part.tokens()).getFirst().equals("generation"));
    String rewritten = TemplateRewrite.rewrite(TemplateWhitespace.settle(parts));
    return new JinjaTemplate(name, rewritten, marks);
  }

  /** Whether the template marks the assistant's parts with generation tags. */
  boolean marksAnswers() {
    return marksAnswers;
  }

  /** Text and, where the template marks them, the assistant's parts. */
  Rendered render(List<Message> messages, boolean prompt, SpecialTokens specials) {
    Map<String, Object> bindings = new HashMap<>();
    bindings.put("messages", turns(messages));
    bindings.put("add_generation_prompt", prompt);
    bindings.put("bos_token", specials.bos());
    bindings.put("eos_token", specials.eos());
    bindings.put("pad_token", specials.pad());
    String text = Shield.lift(rendered(bindings));
    return marksAnswers ? GenerationTag.unmark(text) : new Rendered(text, List.of());
  }

  /** The template as a tree, once: parsing costs more than rendering. */
  private Node parse(String text) {
    JinjavaInterpreter interpreter = interpreter(Map.of());
    JinjavaInterpreter.pushCurrent(interpreter);
    try {
      Node root = interpreter.parse(text);
      refuseErrors(name, interpreter);
      return root;
    } finally {
      JinjavaInterpreter.popCurrent();
    }
  }

  private JinjavaInterpreter interpreter(Map<String, Object> bindings) {
    Context context = new Context(libraries, bindings);
    return JINJAVA
        .getGlobalConfig()
        .getInterpreterFactory()
        .newInstance(JINJAVA, context, JINJAVA.getGlobalConfig());
  }

  private synchronized String rendered(Map<String, Object> bindings) {
    JinjavaInterpreter interpreter = interpreter(bindings);
    JinjavaInterpreter.pushCurrent(interpreter);
    try {
      String text = interpreter.render(root, false);
      refuseErrors(name, interpreter);
      return text;
    } catch (InterpretException e) {
      throw refusal(name, TemplateError.fromException(e));
    } finally {
      JinjavaInterpreter.popCurrent();
      libraries.reset();
    }
  }

  private static void refuseErrors(String name, JinjavaInterpreter interpreter) {
    if (!interpreter.getErrors().isEmpty()) {
      throw refusal(name, interpreter.getErrors().getFirst());
    }
  }

  private static List<Map<String, Object>> turns(List<Message> messages) {
    List<Map<String, Object>> turns = new ArrayList<>();
    for (Message message : messages) {
      Map<String, Object> turn = new LinkedHashMap<>();
      turn.put("role", message.role());
      turn.put("content", Shield.over(message.content()));
      turns.add(turn);
    }
    return turns;
  }

  private static StudioException refusal(String name, TemplateError error) {
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TemplateRefusal said) {
        return StudioException.badInput(
            "The chat template refuses this conversation: " + said.getMessage(),
            "Change the conversation or choose another template (data.chat_template).");
      }
    }
    return TemplateCheck.unsupported(name, error.getLineno(), error.getMessage());
  }
}
