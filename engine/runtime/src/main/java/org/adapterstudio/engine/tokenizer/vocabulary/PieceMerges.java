package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.tokenizer.vocabulary.SentencePieceModel.Piece;
import org.adapterstudio.engine.tokenizer.vocabulary.SentencePieceModel.Role;

/**
 * The merges of a SentencePiece BPE model. Its file has none: of two neighbours those are joined
 * whose joint piece has the best score, so every way to cut a piece in two pieces is a merge, and
 * they rank by the score of what they make.
 */
final class PieceMerges {
  private record Merge(String left, String right, float score, int id, int leftId, int rightId) {}

  private static final Comparator<Merge> RANK =
      Comparator.comparing(Merge::score, Comparator.reverseOrder())
          .thenComparingInt(Merge::id)
          .thenComparingInt(Merge::leftId)
          .thenComparingInt(Merge::rightId);

  private PieceMerges() {}

  static ArrayNode of(List<Piece> pieces, Map<String, Integer> ids) {
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      for (int at = 1; piece.role() == Role.NORMAL && at < piece.text().length(); at++) {
        Integer left = normal(piece.text().substring(0, at), pieces, ids);
        Integer right = normal(piece.text().substring(at), pieces, ids);
        if (left != null && right != null) {
          merges.add(
              new Merge(
                  pieces.get(left).text(),
                  pieces.get(right).text(),
                  piece.score(),
                  id,
                  left,
                  right));
        }
      }
    }
    merges.sort(RANK);
    ArrayNode json = Json.mapper().createArrayNode();
    merges.forEach(merge -> json.addArray().add(merge.left).add(merge.right));
    return json;
  }

  private static Integer normal(String text, List<Piece> pieces, Map<String, Integer> ids) {
    Integer id = ids.get(text);
    return id != null && pieces.get(id).role() == Role.NORMAL ? id : null;
  }
}
