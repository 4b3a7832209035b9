package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
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
  private final String source;
  private final boolean marksAnswers;

  private JinjaTemplate(String name, String source, boolean marksAnswers) {
    this.name = name;
    this.source = source;
    this.marksAnswers = marksAnswers;
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
    return new JinjaTemplate(
        name, TemplateRewrite.rewrite(TemplateWhitespace.settle(parts)), marks);
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
    RenderResult result = JINJAVA.renderForResult(source, bindings);
    if (result.hasErrors()) {
      throw refusal(result.getErrors().getFirst());
    }
    String text = Shield.lift(result.getOutput());
    return marksAnswers ? GenerationTag.unmark(text) : new Rendered(text, List.of());
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

  private StudioException refusal(TemplateError error) {
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TemplateRefusal said) {
        return StudioException.badInput(
            "The chat template refuses this conversation: " + said.getMessage(),
            "Change the conversation or choose another template (data.chat_template).");
      }
    }
    return StudioException.badInput(
        "The chat template " + name + ", line " + error.getLineno() + ": " + error.getMessage(),
        "Choose a built-in template: set data.chat_template.");
  }
}
