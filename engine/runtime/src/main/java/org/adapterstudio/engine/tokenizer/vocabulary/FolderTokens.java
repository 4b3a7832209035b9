package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.json.Json;

/**
 * Special and added tokens of a folder, each with its id: that of the vocabulary where it is in
 * there, else the next one behind the vocabulary, in the order in which transformers adds them.
 */
final class FolderTokens {
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private final Settings settings;
  private final Map<String, String> byRole = new LinkedHashMap<>();
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();

  private FolderTokens(Settings settings) {
    this.settings = settings;
  }

  static FolderTokens of(Settings settings, TokenizerKind kind, Vocabulary vocabulary) {
    FolderTokens found = new FolderTokens(settings);
    vocabulary.whole().forEach(token -> found.tokens.put(token.content(), token));
    found.sentinels(settings.number("extra_ids", kind.sentinels()), kind);
    Map<String, AddedToken> named = found.named(kind, vocabulary);
    Map<String, AddedToken> extra = settings.extra();
    for (AddedToken token : settings.added().values()) {
      boolean special =
          token.special()
              || named.containsKey(token.content())
              || extra.containsKey(token.content());
      found.declare(special ? mark(token) : token);
    }
    named.values().forEach(found::addMissing);
    extra.values().forEach(found::addMissing);
    found.number(vocabulary.ids());
    return found;
  }

  /** A token of added_tokens.json that turns out to be special is looked for as it is written. */
  private static AddedToken mark(AddedToken token) {
    return token.special()
        ? token
        : new AddedToken(
            token.content(), token.singleWord(), token.lstrip(), token.rstrip(), false, true);
  }

  private void sentinels(int count, TokenizerKind kind) {
    if (kind.sentinels() > 0) {
      for (int i = Math.clamp(count, 0, 10_000) - 1; i >= 0; i--) {
        String content = "<extra_id_" + i + ">";
        tokens.put(content, AddedToken.special(content));
      }
    }
  }

  private Map<String, AddedToken> named(TokenizerKind kind, Vocabulary vocabulary) {
    Map<String, AddedToken> named = new LinkedHashMap<>();
    for (String role : ROLES) {
      JsonNode declared = settings.values().path(role);
      String usual = vocabulary.special().getOrDefault(role, kind.special().get(role));
      AddedToken token =
          declared.isMissingNode()
              ? usual == null ? null : AddedToken.special(usual)
              : declared.isNull() ? null : AddedToken.read(declared, true).asSpecial(true);
      if (token != null && !token.content().isEmpty()) {
        byRole.put(role, token.content());
        named.putIfAbsent(token.content(), token);
      }
    }
    return named;
  }

  /** What the folder declares wins over what the vocabulary says, except how it is looked for. */
  private void declare(AddedToken token) {
    AddedToken own = tokens.get(token.content());
    boolean keep = own != null && own.normalized();
    tokens.put(token.content(), keep ? own.asSpecial(token.special()) : token);
  }

  private void addMissing(AddedToken token) {
    tokens.putIfAbsent(token.content(), token);
  }

  private void number(Map<String, Integer> vocabulary) {
    int next = vocabulary.size();
    for (String content : tokens.keySet()) {
      Integer known = vocabulary.get(content);
      ids.put(content, known == null ? next++ : known);
    }
    settings
        .added()
        .forEach(
            (id, token) -> {
              if (ids.get(token.content()) != id.intValue()) {
                throw Refusal.damaged(
                    settings.folder(),
                    "gives the added token \""
                        + token.content()
                        + "\" the id "
                        + id
                        + ", but its vocabulary leads to "
                        + ids.get(token.content()));
              }
            });
  }

  /** Text of the token with a role; null where there is none. */
  String text(String role) {
    return byRole.get(role);
  }

  /** Id of a token by its text; null where it is neither special nor added. */
  Integer id(String content) {
    return ids.get(content);
  }

  /** Texts of all of them. */
  Set<String> all() {
    return tokens.keySet();
  }

  /** The {@code added_tokens} of tokenizer.json. */
  ArrayNode json() {
    List<ObjectNode> nodes = new ArrayList<>();
    tokens.forEach((content, token) -> nodes.add(token.json(ids.get(content))));
    nodes.sort(Comparator.comparingInt(node -> node.path("id").asInt()));
    return Json.mapper().createArrayNode().addAll(nodes);
  }

  /** Role to text, as special_tokens_map.json would say it. */
  ObjectNode roles() {
    ObjectNode roles = Json.object();
    byRole.forEach(roles::put);
    return roles;
  }
}
