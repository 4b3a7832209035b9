package org.adapterstudio.engine.chat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;

/**
 * A Jinja chat template with the begin and end tokens it writes, rendering as Hugging Face
 * transformers does. Rendered text already holds every special token: encode it without adding any.
 * Safe to use from several threads.
 */
public final class ChatTemplate {
  private final String name;
  private final String source;
  private final SpecialTokens specials;
  private final JinjaTemplate jinja;

  /**
   * Compiles a template; a construct that is not supported is bad input naming its line.
   *
   * @param name for messages: a built-in's name or the file it came from
   */
  public ChatTemplate(String name, String source, SpecialTokens specials) {
    this.name = name;
    this.source = source;
    this.specials = specials;
    this.jinja = JinjaTemplate.compile(name, source);
  }

  /** The model folder's own template, where it has one. */
  public static Optional<ChatTemplate> of(Path modelFolder) {
    return TemplateFiles.own(modelFolder)
        .map(own -> new ChatTemplate(own.name(), own.text(), SpecialTokens.read(modelFolder)));
  }

  /** A built-in template; an unknown name is bad input that lists the known ones. */
  public static ChatTemplate named(String name, SpecialTokens specials) {
    return new ChatTemplate(name, TemplateFiles.builtIn(name), specials);
  }

  /** Names of the built-in templates. */
  public static List<String> names() {
    return TemplateFiles.NAMES;
  }

  /** The template a recipe means: the one it names, else the model's own, else none. */
  public static Optional<ChatTemplate> of(Recipe.Data data, Path modelFolder) {
    return data.chatTemplate() == null || data.chatTemplate().isBlank()
        ? of(modelFolder)
        : Optional.of(named(data.chatTemplate(), SpecialTokens.read(modelFolder)));
  }

  /** The sentence for a model without a template where one is needed. */
  public static StudioException missing(Path modelFolder) {
    return StudioException.badInput(
        modelFolder + " has no chat template, so conversations cannot be written as text.",
        "Set data.chat_template (in chat: --template) to one of "
            + String.join(", ", names())
            + ".");
  }

  /**
   * A conversation as text.
   *
   * @param addGenerationPrompt ends with what makes the model answer next
   */
  public String render(List<Message> messages, boolean addGenerationPrompt) {
    return jinja.render(messages, addGenerationPrompt, specials).text();
  }

  /** A conversation as text, with the characters that are the assistant's. */
  public Rendered renderWithSpans(List<Message> messages) {
    return jinja.marksAnswers()
        ? jinja.render(messages, false, specials)
        : new AnswerFinder(this, specials).find(messages);
  }

  /** A built-in's name or the file the template came from. */
  public String name() {
    return name;
  }

  /** The Jinja text, as it is written into runs and exports. */
  public String source() {
    return source;
  }
}
