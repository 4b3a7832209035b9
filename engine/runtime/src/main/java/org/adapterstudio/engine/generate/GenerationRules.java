package org.adapterstudio.engine.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * What a model's {@code generation_config.json} (in older folders {@code config.json}) says of
 * which tokens may come where.
 *
 * @param opening before the answer proper, for each position the tokens one of which must stand
 *     there: Whisper's language, task and "no timestamps"
 * @param never tokens that are never written
 * @param notFirst tokens that no answer may begin with
 */
public record GenerationRules(List<int[]> opening, int[] never, int[] notFirst) {
  /** Everything is allowed everywhere. */
  public static final GenerationRules NONE = new GenerationRules(List.of(), new int[0], new int[0]);

  /** The rules of a model folder. */
  public static GenerationRules read(Path folder) {
    JsonNode generation = optional(folder.resolve("generation_config.json"));
    JsonNode config = optional(folder.resolve("config.json"));
    return new GenerationRules(
        new Opening(folder, generation, config).tokens(),
        ids(either("suppress_tokens", generation, config)),
        ids(either("begin_suppress_tokens", generation, config)));
  }

  /**
   * What to add to the logits of a position: 0 where a token is allowed, else minus infinity; null
   * where all are.
   *
   * @param position tokens written before it, the opening's included
   */
  float[] mask(int position, int vocabulary) {
    float[] mask = new float[vocabulary];
    if (opens(position)) {
      Arrays.fill(mask, Float.NEGATIVE_INFINITY);
      set(mask, opening.get(position), 0);
      return mask;
    }
    boolean first = position == opening.size() && notFirst.length > 0;
    if (never.length == 0 && !first) {
      return null;
    }
    set(mask, never, Float.NEGATIVE_INFINITY);
    set(mask, first ? notFirst : new int[0], Float.NEGATIVE_INFINITY);
    return mask;
  }

  /** The opening where it is the same before every answer; else nothing. */
  public List<Integer> fixedOpening() {
    boolean fixed = opening.stream().allMatch(any -> any.length == 1);
    return fixed ? opening.stream().map(any -> any[0]).toList() : List.of();
  }

  /** Whether a position belongs to the opening. */
  boolean opens(int position) {
    return position < opening.size();
  }

  private static void set(float[] mask, int[] tokens, float value) {
    for (int token : tokens) {
      if (token >= 0 && token < mask.length) {
        mask[token] = value;
      }
    }
  }

  /** Which tokens open an answer, as transformers decides it for Whisper. */
  private record Opening(Path folder, JsonNode generation, JsonNode config) {
    List<int[]> tokens() {
      JsonNode language = generation.path("language");
      JsonNode task = generation.path("task");
      List<int[]> tokens =
          absent(language) && absent(task) ? forced() : new ArrayList<>(List.of(new int[0]));
      if (!absent(language)) {
        tokens.set(0, new int[] {language(language.asText())});
      } else if (tokens.isEmpty() && languages().length > 0) {
        tokens.add(languages());
      } else if (!tokens.isEmpty() && tokens.getFirst().length == 0) {
        tokens.set(0, languages());
      }
      if (!absent(language) || !absent(task)) {
        addTask(tokens, task.asText("transcribe"));
      }
      addNoTimestamps(tokens);
      tokens.removeIf(any -> any.length == 0);
      return List.copyOf(tokens);
    }

    /** Pairs of position and token, counted from 1; null leaves the token open. */
    private List<int[]> forced() {
      var tokens = new ArrayList<int[]>();
      for (JsonNode pair : either("forced_decoder_ids", generation, config)) {
        if (pair.path(0).asInt() != tokens.size() + 1) {
          throw StudioException.badInput(
              folder
                  + ": forced_decoder_ids has no token for position "
                  + (tokens.size() + 1)
                  + ".",
              "Copy the model's generation_config.json again.");
        }
        tokens.add(absent(pair.path(1)) ? new int[0] : new int[] {pair.path(1).asInt()});
      }
      return tokens;
    }

    private void addTask(List<int[]> tokens, String task) {
      JsonNode id = generation.path("task_to_id").path(task);
      if (id.isIntegralNumber()) {
        tokens.add(new int[] {id.asInt()});
      }
    }

    private void addNoTimestamps(List<int[]> tokens) {
      JsonNode id = generation.path("no_timestamps_token_id");
      boolean wanted = id.isIntegralNumber() && !generation.path("return_timestamps").asBoolean();
      boolean there = !tokens.isEmpty() && Arrays.equals(tokens.getLast(), new int[] {id.asInt()});
      if (wanted && !there) {
        tokens.add(new int[] {id.asInt()});
      }
    }

    private int[] languages() {
      return ids(generation.path("lang_to_id"));
    }

    private int language(String name) {
      JsonNode known = generation.path("lang_to_id");
      JsonNode id = known.path(name.startsWith("<|") ? name : "<|" + name + "|>");
      if (!id.isIntegralNumber()) {
        var names = new ArrayList<String>();
        known.fieldNames().forEachRemaining(names::add);
        throw StudioException.badInput(
            folder + ": the language \"" + name + "\" in generation_config.json is not known.",
            "Known: " + String.join(", ", names) + ".");
      }
      return id.asInt();
    }
  }

  private static JsonNode either(String field, JsonNode generation, JsonNode config) {
    return absent(generation.path(field)) ? config.path(field) : generation.path(field);
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static int[] ids(JsonNode node) {
    var ids = new ArrayList<Integer>();
    node.forEach(id -> ids.add(id.asInt(-1)));
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static JsonNode optional(Path file) {
    return Files.isRegularFile(file) ? Json.read(file) : Json.mapper().missingNode();
  }
}
