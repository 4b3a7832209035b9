package org.adapterstudio.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.tokenizer.SpecialTokens;
import org.junit.jupiter.api.Test;

/** Single constructs of Jinja: each gives transformers' text or is refused, never another text. */
class TemplateConstructsTest {
  private static final List<Message> TURNS =
      List.of(new Message("user", "Hi\nyou"), new Message("assistant", "yo"));

  @Test
  void everyConstructAgreesOrIsRefused() {
    List<String> different = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> lenient = new ArrayList<>();
    int agreed = 0;
    for (JsonNode wanted : Json.read(Path.of("src/test/resources/templates/constructs.json"))) {
      String source = wanted.path("template").asText();
      try {
        String got = render(source);
        if (got.equals(wanted.path("text").asText(null))) {
          agreed++;
        } else if (wanted.has("error")) {
          lenient.add(source);
        } else {
          different.add(source + "\n  want " + wanted.path("text") + "\n  got  " + got);
        }
      } catch (StudioException e) {
        refused.add(source + "  " + e.failure().sentence());
      }
    }
    System.out.println(agreed + " constructs agree, " + refused.size() + " are refused");
    assertThat(lenient).as("an error of Jinja that goes unnoticed").hasSize(1);
    assertThat(different).isEmpty();
    assertThat(refused).allSatisfy(r -> assertThat(r).containsAnyOf("line 1", "refuses this"));
    assertThat(agreed).isGreaterThanOrEqualTo(75);
  }

  @Test
  void anUnsupportedConstructIsRefusedNamingItsLine() {
    String source = "{{ bos_token }}\n{#- two\nlines -#}\n\n{%- if true %}\n  x\n{% endif %}\n";
    assertThatThrownBy(() -> render(source + "{% include 'other' %}"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("template t, line 8: the tag {% include %} is not supported")
        .hasMessageContaining("data.chat_template");
    assertThatThrownBy(() -> render(source + "\n{{ 'a' | center(4) }}"))
        .hasMessageContaining("line 9: the filter center is not supported");
    assertThatThrownBy(() -> render(source + "{{ 'a' is callable }}"))
        .hasMessageContaining("line 8: the test \"is callable\" is not supported");
    assertThatThrownBy(() -> render(source + "{{ cycler('a') }}"))
        .hasMessageContaining("line 8: the function cycler is not supported");
    assertThatThrownBy(() -> render(source + "{{ 'a'.zfill(3) }}"))
        .hasMessageContaining("line 8: the method zfill is not supported");
  }

  @Test
  void aFaultFoundWhileRenderingNamesTheLineOfTheFile() {
    String source = "{{ bos_token }}\n{#- two\nlines -#}\n\n{%- if true %}\n  x\n{% endif %}\n";
    assertThatThrownBy(() -> render(source + "\n{{ messages }}"))
        .hasMessageContaining("line 9")
        .hasMessageContaining("writing a list or mapping as text is not supported");
  }

  @Test
  void brokenSyntaxIsRefusedNamingItsLine() {
    for (String broken :
        List.of(
            "{{ 'open }}",
            "{% if true %}",
            "{{ a",
            "{# open",
            "{% endfor %}",
            "{{ }}",
            "{% raw %}",
            "{{ 1 + }}",
            "{% %}",
            "{% for %}{% endfor %}",
            "{{ 'a' | }}")) {
      assertThatThrownBy(() -> render("\n" + broken), broken)
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("line 2");
    }
  }

  @Test
  void theMessageOfRaiseExceptionIsTold() {
    assertThatThrownBy(() -> render("{{ raise_exception('Only ' ~ 2 ~ ' turns!') }}"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("Only 2 turns!");
  }

  @Test
  void writesTheDateAsStrftimeDoes() {
    LocalDateTime time = LocalDateTime.of(2026, 3, 7, 14, 5, 9);
    assertThat(StrftimeNow.format("%d %b %Y, %A %B %y %m %H:%M:%S %I%p %j %%", time))
        .isEqualTo("07 Mar 2026, Saturday March 26 03 14:05:09 02PM 066 %");
    assertThat(render("{{ strftime_now('%Y-%m-%d') }}")).matches("20\\d\\d-\\d\\d-\\d\\d");
  }

  private static String render(String source) {
    return new ChatTemplate("t", source, SpecialTokens.of("<s>", "</s>")).render(TURNS, false);
  }
}
