package org.adapterstudio.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;

/**
 * What in a {@code tokenizer.json} the tokenizer library answers by ending the whole process, where
 * it should answer with an error; refused here in words.
 */
final class TokenizerCheck {
  private static final int DEEPEST = 100;

  private final Path file;

  private TokenizerCheck(Path file) {
    this.file = file;
  }

  static void require(JsonNode tokenizer, Path file) {
    var check = new TokenizerCheck(file);
    check.values(tokenizer, 0);
    check.merges(tokenizer.path("model"));
    check.stripped(tokenizer.path("decoder"));
    check.templates(tokenizer.path("post_processor"));
  }

  /** JSON that is valid to most readers, but not to the library's. */
  private void values(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw broken("its values are nested too deeply");
    }
    if (node.isTextual()) {
      text(node.textValue());
    } else if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      throw broken("a number is too large");
    }
    node.fieldNames().forEachRemaining(this::text);
    node.forEach(child -> values(child, depth + 1));
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        throw broken("a text holds half a character");
      }
    }
  }

  /** The library cuts the prefix off the second half of each merge without looking. */
  private void merges(JsonNode model) {
    String prefix = model.path("continuing_subword_prefix").asText("");
    int letters = prefix.codePointCount(0, prefix.length());
    if (letters == 0 || model.path("continuing_subword_prefix").isNull()) {
      return;
    }
    for (JsonNode merge : model.path("merges")) {
      String second = merge.isArray() ? merge.path(1).asText() : secondWord(merge.asText());
      if (!cuts(second, letters)) {
        throw broken("the merge " + merge + " is shorter than continuing_subword_prefix");
      }
    }
  }

  private static String secondWord(String merge) {
    return merge.substring(merge.indexOf(' ') + 1);
  }

  /** Whether so many bytes can be cut off a text's start without cutting a character. */
  private static boolean cuts(String text, int bytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes == utf8.length || bytes < utf8.length && (utf8[bytes] & 0xc0) != 0x80;
  }

  /** The library counts back from a text's end without looking whether so many letters are left. */
  private void stripped(JsonNode decoder) {
    if (decoder.path("type").asText().equals("Strip") && decoder.path("stop").asLong() > 0) {
      throw broken("its decoder strips the ends of texts, which ends the program at a short one");
    }
    decoder.forEach(this::stripped);
  }

  /** The library looks a template's special tokens up without asking whether they are there. */
  private void templates(JsonNode processor) {
    if (processor.path("type").asText().equals("TemplateProcessing")) {
      JsonNode known = processor.path("special_tokens");
      for (String side : List.of("single", "pair")) {
        processor.path(side).forEach(piece -> listed(piece, known));
      }
      known.forEach(this::paired);
    }
    processor.forEach(this::templates);
  }

  private void listed(JsonNode piece, JsonNode known) {
    String brief = piece.asText();
    String token =
        piece.isTextual() && !brief.startsWith("$")
            ? brief.replaceFirst(":\\d+$", "")
            : piece.path("SpecialToken").path("id").asText("");
    if (!token.isEmpty() && !known.has(token)) {
      throw broken("its template uses " + token + ", which is not among its special tokens");
    }
  }

  private void paired(JsonNode special) {
    if (special.path("ids").size() != special.path("tokens").size()) {
      throw broken("a special token of its template has more ids than tokens, or fewer");
    }
  }

  private StudioException broken(String why) {
    return StudioException.badInput(
        file + " is not a tokenizer that can be read: " + why + ".",
        "Fetch the model's tokenizer.json again.");
  }
}
