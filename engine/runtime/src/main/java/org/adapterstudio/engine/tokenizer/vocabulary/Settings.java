package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.contract.json.Json;

/**
 * What a folder says about its tokenizer beside the vocabulary: tokenizer_config.json, or for older
 * folders special_tokens_map.json and added_tokens.json with it.
 *
 * @param folder they lie in
 * @param values by the names of tokenizer_config.json
 * @param added tokens with an id of their own, by that id
 */
record Settings(Path folder, JsonNode values, Map<Integer, AddedToken> added) {

  static Settings read(Path folder) {
    ObjectNode values = Json.object();
    object(folder.resolve("tokenizer_config.json")).ifPresent(values::setAll);
    Map<Integer, AddedToken> added = new TreeMap<>();
    if (values.path("added_tokens_decoder").isObject()) {
      decoder(folder, values.path("added_tokens_decoder"), added);
    } else {
      object(folder.resolve("special_tokens_map.json")).ifPresent(values::setAll);
      older(folder, added);
    }
    return new Settings(folder, values, added);
  }

  private static java.util.Optional<ObjectNode> object(Path file) {
    return Files.isRegularFile(file)
        ? java.util.Optional.of((ObjectNode) TextFile.object(file))
        : java.util.Optional.empty();
  }

  private static void decoder(Path folder, JsonNode tokens, Map<Integer, AddedToken> added) {
    for (Map.Entry<String, JsonNode> entry : tokens.properties()) {
      if (!entry.getKey().matches("\\d{1,8}")) {
        throw Refusal.damaged(
            folder.resolve("tokenizer_config.json"),
            "has an added token with the id \"" + entry.getKey() + "\", which is not a number");
      }
      added.put(Integer.parseInt(entry.getKey()), AddedToken.read(entry.getValue(), false));
    }
  }

  private static void older(Path folder, Map<Integer, AddedToken> added) {
    Path file = folder.resolve("added_tokens.json");
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : TextFile.object(file).properties()) {
      JsonNode id = entry.getValue();
      String token = entry.getKey();
      if (!id.isInt() || id.asInt() < 0) {
        throw Refusal.damaged(file, "gives \"" + token + "\" the id " + id + ", not a number");
      }
      added.put(id.asInt(), new AddedToken(token, false, false, false, true, false));
    }
  }

  /** The text of a setting; null where it is absent or not text. */
  String text(String name) {
    return values.path(name).textValue();
  }

  /** A setting that is true or false. */
  boolean flag(String name, boolean otherwise) {
    return values.path(name).asBoolean(otherwise);
  }

  int number(String name, int otherwise) {
    return values.path(name).asInt(otherwise);
  }

  /** The special tokens that have no role: chat marks, sentinels, languages. */
  Map<String, AddedToken> extra() {
    Map<String, AddedToken> extra = new LinkedHashMap<>();
    for (String list : new String[] {"additional_special_tokens", "extra_special_tokens"}) {
      for (JsonNode token : values.path(list)) {
        AddedToken read = AddedToken.read(token, true).asSpecial(true);
        extra.putIfAbsent(read.content(), read);
      }
    }
    return extra;
  }
}
