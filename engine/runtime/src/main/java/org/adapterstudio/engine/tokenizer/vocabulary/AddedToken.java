package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.adapterstudio.contract.json.Json;

/**
 * A token that is found whole in a text before anything is cut.
 *
 * @param content its text
 * @param singleWord only where no letter touches it
 * @param lstrip takes the spaces before it along
 * @param rstrip takes the spaces after it along
 * @param normalized looked for in the normalised text, else in the text as written
 * @param special left out when ids become text
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token without peculiarities. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false, true);
  }

  /**
   * As files write it: a text, or an object with flags.
   *
   * @param special what counts where the object does not say
   */
  static AddedToken read(JsonNode node, boolean special) {
    if (!node.isObject()) {
      return special(node.asText());
    }
    boolean is = node.path("special").asBoolean(special);
    return new AddedToken(
        node.path("content").asText(),
        node.path("single_word").asBoolean(),
        node.path("lstrip").asBoolean(),
        node.path("rstrip").asBoolean(),
        node.path("normalized").asBoolean(!is),
        is);
  }

  AddedToken asSpecial(boolean is) {
    return new AddedToken(content, singleWord, lstrip, rstrip, normalized, is);
  }

  ObjectNode json(int id) {
    return Json.object()
        .put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized)
        .put("special", special);
  }
}
