package org.adapterstudio.engine.chat;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;

/**
 * Finds the assistant's characters in a rendered conversation of a template that does not mark
 * them. An answer starts where the generation prompt before it ends, so that training continues
 * exactly what generation will be given. It ends with its end-of-turn token, found by rendering the
 * conversation a second time with a placeholder for each answer: what follows the placeholder
 * follows the answer.
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
    String[] frame = template.render(placeheld(messages), false).split(PLACEHOLDER, -1);
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role().equals("assistant")) {
        if (spans.size() + 1 >= frame.length) {
          throw unfindable(i);
        }
        int start = start(messages.subList(0, i), text, from, frame[spans.size()]);
        boolean last = spans.size() + 2 == frame.length;
        String after = frame[spans.size() + 1];
        from = answerEnd(text, start, after, last, i);
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

  /** The end of the generation prompt; where that does not fit, the end of the frame before. */
  private int start(List<Message> before, String text, int from, String frame) {
    try {
      String prompt = before.isEmpty() ? "" : template.render(before, true);
      if (prompt.length() > from && text.startsWith(prompt)) {
        return prompt.length();
      }
    } catch (StudioException e) {
      // A template may refuse a conversation that it accepts with an answer: the frame decides.
    }
    int at = text.indexOf(frame, from);
    return at < 0 ? from : at + frame.length();
  }

  private int answerEnd(String text, int start, String after, boolean last, int turn) {
    int answerEnd =
        last && text.endsWith(after) ? text.length() - after.length() : text.indexOf(after, start);
    if (answerEnd < start) {
      throw unfindable(turn);
    }
    return answerEnd;
  }

  /** Characters of the frame up to and including the special token that ends the turn. */
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
