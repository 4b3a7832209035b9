package org.adapterstudio.engine.data;

import java.util.List;
import org.adapterstudio.contract.serve.Request.Message;

/**
 * One usable row of a data file: a conversation, or plain text.
 *
 * @param line of the file, from 1, on which the row starts
 * @param turns of the conversation, at least one of them a non-blank assistant's; empty for plain
 *     text
 * @param text to learn whole; null for a conversation
 */
public record Example(int line, List<Message> turns, String text) {
  public Example {
    turns = List.copyOf(turns);
  }

  /** Whether this row goes through a chat template. */
  public boolean isChat() {
    return text == null;
  }

  /** Index of the last assistant turn; -1 for plain text. */
  public int lastAnswer() {
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (turns.get(i).role().equals("assistant")) {
        return i;
      }
    }
    return -1;
  }
}
