package org.adapterstudio.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;
import org.junit.jupiter.api.Test;

/** Published and built-in templates against what transformers made of them. */
class TemplateAgreementTest {
  private static final Path TEMPLATES = Path.of("src/test/resources/templates");

  @Test
  void rendersEveryCaseAsTransformersDoes() throws IOException {
    List<String> different = new ArrayList<>();
    Set<String> templates = new TreeSet<>();
    int cases = 0;
    for (JsonNode wanted : Json.read(TEMPLATES.resolve("cases.json"))) {
      different.addAll(difference(wanted));
      templates.add(wanted.path("template").asText());
      cases++;
    }
    System.out.println(templates.size() + " templates, " + cases + " cases against transformers");
    assertThat(different).isEmpty();
    assertThat(templates).hasSizeGreaterThanOrEqualTo(16);
  }

  @Test
  void findsAPlantedError() throws IOException {
    int found = 0;
    int planted = 0;
    for (JsonNode wanted : Json.read(TEMPLATES.resolve("cases.json"))) {
      String text = wanted.path("text").asText();
      if (!text.isEmpty()) {
        planted++;
        var spoiled = wanted.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        spoiled.put(
            "text",
            text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) + 1));
        found += difference(spoiled).isEmpty() ? 0 : 1;
      }
    }
    assertThat(found).isEqualTo(planted).isGreaterThan(100);
  }

  private static List<String> difference(JsonNode wanted) throws IOException {
    String file = wanted.path("template").asText();
    Path path =
        file.startsWith("published/")
            ? TEMPLATES.resolve(file)
            : Path.of("src/main/resources/templates", file.replace("built_in/", ""));
    String expected =
        wanted.has("text")
            ? wanted.path("text").asText()
            : "error: " + wanted.path("error").asText();
    String got;
    try {
      ChatTemplate template =
          new ChatTemplate(file, Files.readString(path), SpecialTokens.of("<s>", "</s>"));
      got = template.render(messages(wanted), wanted.path("add_generation_prompt").asBoolean());
    } catch (StudioException e) {
      got =
          "error: "
              + e.failure().sentence().replace("The chat template refuses this conversation: ", "");
    }
    return got.equals(expected)
        ? List.of()
        : List.of(
            file + " " + wanted.path("conversation") + "\n  want " + expected + "\n  got  " + got);
  }

  private static List<Message> messages(JsonNode wanted) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : wanted.path("messages")) {
      messages.add(new Message(turn.path("role").asText(), turn.path("content").asText()));
    }
    return messages;
  }
}
