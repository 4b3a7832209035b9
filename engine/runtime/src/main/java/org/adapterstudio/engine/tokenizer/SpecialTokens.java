package org.adapterstudio.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.tokenizer.vocabulary.VocabularyFolder;

/**
 * The special tokens of a model folder, gathered from {@code tokenizer.json} (or the older files
 * that stand for it), {@code tokenizer_config.json}, {@code special_tokens_map.json}, {@code
 * config.json} and {@code generation_config.json}.
 *
 * @param bos begin of text; empty where the model has none
 * @param eos end of text as the tokenizer writes it; empty where the model has none
 * @param pad padding; empty where the model has none
 * @param bosId id of {@code bos}, or -1
 * @param eosIds every id that ends an answer, the tokenizer's own first; may be empty
 * @param padId id to fill up with: the pad token, else the unknown token, else eos, else 0
 * @param ids text of every added special token to its id
 */
public record SpecialTokens(
    String bos,
    String eos,
    String pad,
    int bosId,
    List<Integer> eosIds,
    int padId,
    Map<String, Integer> ids) {
  public SpecialTokens {
    eosIds = List.copyOf(eosIds);
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
  }

  /** Only a begin and an end, for templates without a model folder; ids are unknown. */
  public static SpecialTokens of(String bos, String eos) {
    return new SpecialTokens(bos, eos, "", -1, List.of(), 0, Map.of(bos, -1, eos, -1));
  }

  /** Reads what the folder declares; absent files declare nothing. */
  public static SpecialTokens read(Path folder) {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(tokenizer)) {
      Optional<VocabularyFolder> older = VocabularyFolder.find(folder);
      if (older.isPresent()) {
        return read(folder, older.get());
      }
    }
    List<JsonNode> named =
        List.of(
            optional(folder.resolve("tokenizer_config.json")),
            optional(folder.resolve("special_tokens_map.json")));
    return gather(folder, optional(tokenizer).path("added_tokens"), named);
  }

  /** The same for older vocabulary files, which leave what is usual unsaid. */
  static SpecialTokens read(Path folder, VocabularyFolder older) {
    return gather(folder, older.addedTokens(), List.of(older.specialTokens()));
  }

  private static SpecialTokens gather(Path folder, JsonNode added, List<JsonNode> named) {
    Map<String, Integer> ids = specialIds(added);
    JsonNode config = optional(folder.resolve("config.json"));
    JsonNode generation = optional(folder.resolve("generation_config.json"));
    int bosId = idOf("bos", named, List.of(config, generation), ids);
    int padId = idOf("pad", named, List.of(config, generation), ids);
    List<Integer> eosIds = eosIds(named, List.of(config, generation), ids);
    String bos = text("bos_token", named, bosId, ids);
    String eos = text("eos_token", named, eosIds.isEmpty() ? -1 : eosIds.getFirst(), ids);
    String pad = text("pad_token", named, padId, ids);
    if (padId < 0) {
      int unknown = ids.getOrDefault(text("unk_token", named, -1, ids), -1);
      padId = unknown >= 0 ? unknown : eosIds.isEmpty() ? 0 : eosIds.getFirst();
    }
    return new SpecialTokens(bos, eos, pad, bosId, eosIds, padId, ids);
  }

  private static JsonNode optional(Path file) {
    return Files.isRegularFile(file) ? Json.read(file) : Json.mapper().missingNode();
  }

  private static Map<String, Integer> specialIds(JsonNode added) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (JsonNode token : added) {
      if (token.path("special").asBoolean()) {
        ids.put(token.path("content").asText(), token.path("id").asInt(-1));
      }
    }
    return ids;
  }

  /** A token is written as text, or as an object with {@code content}. */
  private static String declared(JsonNode file, String field) {
    JsonNode value = file.path(field);
    return value.isObject() ? value.path("content").asText("") : value.asText("");
  }

  private static String text(String field, List<JsonNode> named, int id, Map<String, Integer> ids) {
    for (JsonNode file : named) {
      String text = declared(file, field);
      if (!text.isEmpty() && !text.equals("null")) {
        return text;
      }
    }
    return ids.entrySet().stream()
        .filter(entry -> id >= 0 && entry.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static int idOf(
      String name, List<JsonNode> named, List<JsonNode> configs, Map<String, Integer> ids) {
    int byText = ids.getOrDefault(text(name + "_token", named, -1, ids), -1);
    if (byText >= 0) {
      return byText;
    }
    return configs.stream()
        .mapToInt(file -> file.path(name + "_token_id").asInt(-1))
        .filter(id -> id >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** The end of text may be one id or a list, and differ between files: all of them end. */
  private static List<Integer> eosIds(
      List<JsonNode> named, List<JsonNode> configs, Map<String, Integer> ids) {
    List<Integer> found = new ArrayList<>();
    Integer own = ids.get(text("eos_token", named, -1, ids));
    if (own != null) {
      found.add(own);
    }
    var others = new TreeSet<Integer>();
    for (JsonNode file : configs) {
      JsonNode value = file.path("eos_token_id");
      if (value.isArray()) {
        value.forEach(id -> others.add(id.asInt(-1)));
      } else {
        others.add(value.asInt(-1));
      }
    }
    others.stream().filter(id -> id >= 0 && !found.contains(id)).forEach(found::add);
    return found;
  }
}
