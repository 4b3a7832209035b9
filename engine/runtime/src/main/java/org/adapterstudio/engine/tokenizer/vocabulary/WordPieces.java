package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;

/** WordPiece: one piece a line of vocab.txt, ids by line, "##" before a piece inside a word. */
record WordPieces(TokenizerKind kind, Path vocabulary, Map<String, Integer> ids)
    implements Vocabulary {

  static WordPieces read(TokenizerKind kind, Path folder) {
    Path file = folder.resolve("vocab.txt");
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<String> lines = TextFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      Integer before = ids.put(lines.get(i), i);
      if (before != null) {
        throw Refusal.damaged(
            file,
            "has \"" + lines.get(i) + "\" twice, in lines " + (before + 1) + " and " + (i + 1));
      }
    }
    return new WordPieces(kind, file, ids);
  }

  @Override
  public List<Path> files() {
    return List.of(vocabulary);
  }

  @Override
  public ObjectNode model(FolderTokens tokens) {
    String unknown = tokens.text("unk_token");
    if (unknown == null || !ids.containsKey(unknown)) {
      throw Refusal.damaged(
          vocabulary, "has no line \"" + unknown + "\", the token for what is unknown");
    }
    ObjectNode model = Json.object().put("type", "WordPiece").put("unk_token", unknown);
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    ObjectNode pieces = model.putObject("vocab");
    ids.forEach(pieces::put);
    return model;
  }

  @Override
  public JsonNode normalizer() {
    return kind.normalizer();
  }

  @Override
  public JsonNode preTokenizer() {
    return kind.preTokenizer();
  }

  @Override
  public JsonNode decoder() {
    return kind.decoder();
  }
}
