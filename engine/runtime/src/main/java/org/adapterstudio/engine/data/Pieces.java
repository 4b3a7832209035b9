package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.serve.Reply.Piece;
import org.adapterstudio.engine.tokenizer.Encoded;

/** A row's text divided where learnt and not learnt meet. */
final class Pieces {
  private Pieces() {}

  /**
   * Pieces that join to the text of the first tokens.
   *
   * @param kept tokens that training sees; the text of the others is left out
   */
  static List<Piece> of(Encoder.Tokens tokens, int kept) {
    Encoded encoded = tokens.encoded();
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    int at = 0;
    boolean trained = false;
    for (int i = 0; i < kept; i++) {
      if (encoded.ends()[i] <= at) {
        continue; // stands for no text of its own: an added token, or a byte of a character
      }
      boolean learnt = tokens.labels()[i] != EncodedRow.NOT_TRAINED;
      if (learnt != trained && at > start) {
        pieces.add(new Piece(tokens.text().substring(start, at), trained));
        start = at;
      }
      trained = learnt;
      at = encoded.ends()[i];
    }
    if (kept == encoded.ids().length) {
      at = tokens.text().length();
    }
    if (at > start) {
      pieces.add(new Piece(tokens.text().substring(start, at), trained));
    }
    return pieces;
  }
}
