package org.adapterstudio.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.chat.Rendered;
import org.adapterstudio.engine.chat.Span;
import org.adapterstudio.engine.tokenizer.Encoded;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Examples to token ids and labels. Conversations go through the chat template and learn the
 * assistant's turns with the token that ends each; plain text is learnt whole, between the begin
 * token (where the tokenizer adds one) and the end token.
 */
public final class Encoder {
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final int maxLength;

  /**
   * An encoder for one model.
   *
   * @param template null where only plain text is encoded
   * @param maxLength rows are cut after this many tokens
   */
  public Encoder(Tokenizer tokenizer, ChatTemplate template, int maxLength) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.maxLength = maxLength;
  }

  /** A row's text, its tokens and which of them are learnt, before cutting. */
  record Tokens(String text, Encoded encoded, int[] labels) {}

  /** Encodes and cuts; a row of which nothing would be learnt is refused. */
  EncodedRow encode(Example example) {
    Tokens tokens = tokens(example);
    int[] ids = tokens.encoded().ids();
    int length = Math.min(ids.length, maxLength);
    EncodedRow row =
        new EncodedRow(
            example.line(),
            Arrays.copyOf(ids, length),
            Arrays.copyOf(tokens.labels(), length),
            ids.length);
    if (row.trainedTokens() == 0) {
      throw new RowRefused(
          "",
          row.cut()
              ? "its answer starts after max_length ("
                  + maxLength
                  + " tokens), so nothing of it would be learnt"
              : "nothing of it would be learnt, it is too short");
    }
    return row;
  }

  Tokens tokens(Example example) {
    if (example.isChat() && template == null) {
      throw ChatTemplate.missing(tokenizer.folder());
    }
    try {
      return example.isChat() ? chat(example) : text(example);
    } catch (StudioException e) {
      throw new RowRefused("", e.failure().sentence());
    }
  }

  private Tokens chat(Example example) {
    Rendered rendered = template.renderWithSpans(example.turns());
    Encoded encoded = tokenizer.encodeWithOffsets(rendered.text(), false);
    int[] labels = labels(encoded, rendered.assistant());
    return endsOpen(rendered, encoded, labels)
        ? withEnd(new Tokens(rendered.text(), encoded, labels))
        : new Tokens(rendered.text(), encoded, labels);
  }

  private static int[] labels(Encoded encoded, List<Span> trained) {
    int[] labels = new int[encoded.ids().length];
    for (int i = 0; i < labels.length; i++) {
      int from = encoded.starts()[i];
      int to = encoded.ends()[i];
      boolean learnt = trained.stream().anyMatch(span -> span.overlaps(from, to));
      labels[i] = learnt ? encoded.ids()[i] : EncodedRow.NOT_TRAINED;
    }
    return labels;
  }

  /** Whether the text stops with an answer that no special token ends. */
  private boolean endsOpen(Rendered rendered, Encoded encoded, int[] labels) {
    if (rendered.assistant().isEmpty() || encoded.ids().length == 0) {
      return false;
    }
    int end = rendered.assistant().getLast().end();
    int last = labels.length - 1;
    return rendered.text().substring(end).isBlank()
        && !tokenizer.specials().ids().containsValue(encoded.ids()[last])
        && Arrays.stream(labels).anyMatch(label -> label != EncodedRow.NOT_TRAINED)
        && labels[last] != EncodedRow.NOT_TRAINED;
  }

  private Tokens text(Example example) {
    Encoded encoded = tokenizer.encodeWithOffsets(example.text(), true);
    return withEnd(new Tokens(example.text(), encoded, encoded.ids().clone()));
  }

  /** The same tokens and the end token, learnt too, unless they end with it already. */
  private Tokens withEnd(Tokens tokens) {
    List<Integer> ends = tokenizer.specials().eosIds();
    int[] ids = tokens.encoded().ids();
    if (ends.isEmpty() || ids.length > 0 && ends.contains(ids[ids.length - 1])) {
      return tokens;
    }
    Encoded encoded = tokens.encoded();
    return new Tokens(
        tokens.text(),
        new Encoded(
            append(ids, ends.getFirst()), append(encoded.starts(), -1), append(encoded.ends(), -1)),
        append(tokens.labels(), ends.getFirst()));
  }

  private static int[] append(int[] values, int value) {
    int[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }

  /** Ids of a conversation that the model is to continue. */
  public int[] prompt(List<Message> messages) {
    if (template == null) {
      throw ChatTemplate.missing(tokenizer.folder());
    }
    return tokenizer.encode(template.render(messages, true), false);
  }

  /** The question of a row and the answer wanted; nothing for plain text. */
  public Optional<Prompt> question(Example example) {
    if (!example.isChat()) {
      return Optional.empty();
    }
    int answer = example.lastAnswer();
    return Optional.of(
        new Prompt(
            example.line(),
            prompt(example.turns().subList(0, answer)),
            example.turns().get(answer).content()));
  }
}
