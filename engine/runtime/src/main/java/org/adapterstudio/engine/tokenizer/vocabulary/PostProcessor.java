package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.tokenizer.vocabulary.TokenizerKind.Surrounding;

/** The tokens around a text as a template of tokenizer.json, for one text and for two. */
final class PostProcessor {
  private final Settings settings;
  private final FolderTokens tokens;

  PostProcessor(Settings settings, FolderTokens tokens) {
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Null where nothing stands around a text. */
  JsonNode of(TokenizerKind kind) {
    List<String> before = present(kind.before());
    List<String> after = present(kind.after());
    if (before.isEmpty() && after.isEmpty()) {
      return null;
    }
    ObjectNode json = Json.object().put("type", "TemplateProcessing");
    ArrayNode single = json.putArray("single");
    ArrayNode pair = json.putArray("pair");
    part(single, before, "A", 0, after);
    part(pair, before, "A", 0, after);
    part(pair, List.of(), "B", 1, after);
    ObjectNode all = json.putObject("special_tokens");
    before.forEach(token -> describe(all, token));
    after.forEach(token -> describe(all, token));
    return json;
  }

  private List<String> present(List<Surrounding> wanted) {
    List<String> present = new ArrayList<>();
    for (Surrounding one : wanted) {
      String token = token(one);
      boolean on = one.when() == null || settings.flag(one.when(), one.otherwise());
      boolean off = one.unless() != null && settings.flag(one.unless(), false);
      if (token != null && on && !off) {
        requireKnown(token, one);
        present.add(token);
      }
    }
    return present;
  }

  private String token(Surrounding one) {
    if (one.role() != null) {
      return tokens.text(one.role());
    }
    String value = one.setting() == null ? null : settings.text(one.setting());
    return one.setting() == null ? one.text() : value == null ? null : "<|" + value + "|>";
  }

  private void requireKnown(String token, Surrounding one) {
    if (tokens.id(token) == null) {
      String setting = one.setting() == null ? "" : " (" + one.setting() + ")";
      throw StudioException.badInput(
          settings.folder() + " has no token " + token + setting + " in its vocabulary.",
          "Write " + one.setting() + " in tokenizer_config.json as the token is named, e.g. de.");
    }
  }

  private static void part(
      ArrayNode template, List<String> before, String text, int type, List<String> after) {
    before.forEach(token -> special(template, token, type));
    template.addObject().putObject("Sequence").put("id", text).put("type_id", type);
    after.forEach(token -> special(template, token, type));
  }

  private static void special(ArrayNode template, String token, int type) {
    template.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
  }

  private void describe(ObjectNode all, String token) {
    ObjectNode described = all.putObject(token).put("id", token);
    described.putArray("ids").add(tokens.id(token));
    described.putArray("tokens").add(token);
  }
}
