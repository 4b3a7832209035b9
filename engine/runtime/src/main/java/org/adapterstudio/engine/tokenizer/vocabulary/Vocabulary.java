package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pieces text is cut into, with their ids, read from one or two files. */
sealed interface Vocabulary permits BytePairs, WordPieces, SentencePieces {
  /** Text of a piece to its id. */
  Map<String, Integer> ids();

  /** The files it was read from. */
  List<Path> files();

  /** Special tokens that the file itself names, role to text; wins over the kind's defaults. */
  default Map<String, String> special() {
    return Map.of();
  }

  /** Pieces that are matched whole in a text, in order of their ids. */
  default List<AddedToken> whole() {
    return List.of();
  }

  /** The {@code model} of tokenizer.json. */
  ObjectNode model(FolderTokens tokens);

  /** The {@code normalizer}, as the kind describes it unless the file has its own. */
  JsonNode normalizer();

  /** The {@code pre_tokenizer}, likewise. */
  JsonNode preTokenizer();

  /** The {@code decoder}, likewise. */
  JsonNode decoder();
}
