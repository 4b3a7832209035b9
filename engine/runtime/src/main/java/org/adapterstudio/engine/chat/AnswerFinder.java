package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;

/**
 * Finds the assistant's characters in a rendered conversation of a template that does not mark
 * them. An answer starts where the generation prompt before it ends, so that training continues
 * exactly what generation will be given, and ends with its end-of-turn token.
 */
final class AnswerFinder {
  private static final String PLACEHOLDER = "\uE0E0answer\uE0E1";

  private final ChatTemplate template;
  private final SpecialTokens specials;

  AnswerFinder(ChatTemplate template, SpecialTokens specials) {
    this.template = template;
    this.specials = specials;
  }

  Rendered find(List<Message> messages) {
    String text = template.render(messages, false);
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role().equals("assistant")) {
        int start = start(messages.subList(0, i), text, from);
        String answer = messages.get(i).content().strip();
        int words = start < 0 ? -1 : skipBlank(text, start);
        if (words < 0 || !text.startsWith(answer, words)) {
          return findByFrame(messages, text);
        }
        from = words + answer.length();
        spans.add(new Span(start, from + endToken(text.substring(from))));
      }
    }
    return new Rendered(text, spans);
  }

  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The end of the generation prompt before an answer, or -1 where the text does not hold it. */
  private int start(List<Message> before, String text, int from) {
    try {
      String prompt = before.isEmpty() ? "" : template.render(before, true);
      return prompt.length() > from && text.startsWith(prompt) ? prompt.length() : -1;
    } catch (StudioException e) {
      // A template may refuse a conversation that it accepts with an answer: the frame decides.
      return -1;
    }
  }

  /**
   * For templates that change what was said before or write more than the prompt around an answer:
   * a second rendering with a placeholder for each answer shows what stands around it.
   */
  private Rendered findByFrame(List<Message> messages, String text) {
    String[] frame = template.render(placeheld(messages), false).split(PLACEHOLDER, -1);
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role().equals("assistant")) {
        if (spans.size() + 1 >= frame.length) {
          throw unfindable(i);
        }
        int prompt = start(messages.subList(0, i), text, from);
        int framed = text.indexOf(frame[spans.size()], from);
        int before = framed < 0 ? from : framed + frame[spans.size()].length();
        int start = prompt < 0 ? before : prompt;
        String after = frame[spans.size() + 1];
        from = answerEnd(text, start, after, spans.size() + 2 == frame.length, i);
        spans.add(new Span(start, from + endToken(after)));
      }
    }
    return new Rendered(text, spans);
  }

  private static List<Message> placeheld(List<Message> messages) {
    return messages.stream()
        .map(m -> m.role().equals("assistant") ? new Message(m.role(), PLACEHOLDER) : m)
        .toList();
  }

  private int answerEnd(String text, int start, String after, boolean last, int turn) {
    int answerEnd =
        last && text.endsWith(after) ? text.length() - after.length() : text.indexOf(after, start);
    if (answerEnd < start) {
      throw unfindable(turn);
    }
    return answerEnd;
  }

  /**
   * Characters of what follows an answer up to and including the special token that ends the turn.
   */
  private int endToken(String after) {
    int blank = after.length() - after.stripLeading().length();
    return specials.ids().keySet().stream()
        .filter(token -> !token.isEmpty() && after.startsWith(token, blank))
        .mapToInt(token -> blank + token.length())
        .max()
        .orElse(0);
  }

  private StudioException unfindable(int turn) {
    return StudioException.badInput(
        "The chat template "
            + template.name()
            + " changes the answer in turn "
            + (turn + 1)
            + " so that it cannot be found again in the text.",
        "Choose a built-in template: set data.chat_template.");
  }
}
