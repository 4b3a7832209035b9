package org.adapterstudio.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reference model through the request behind {@code studio logits}. */
class GoldenLogitsTest {
  private static final List<String> OUTPUTS =
      List.of("logits", "logits_per_image", "logits_per_text", "image_embeds", "text_embeds");

  @TempDir Path folder;

  static Stream<String> cases() throws IOException {
    try (var cases = Files.list(Golden.root().resolve("models"))) {
      return cases.map(path -> path.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheCommandWritesAgreesWithTransformers(String name) {
    Path model = Golden.root().resolve("models").resolve(name);
    Path given = model.resolve("expected.safetensors");
    Path out = folder.resolve("logits.safetensors");
    JsonNode expected = Json.read(model.resolve("expected.json"));
    JsonNode tolerance = expected.path("tolerance");
    try (var models = new Models();
        var file = SafetensorsFile.open(given)) {
      var request =
          new Request.Logits(
              model.toString(), null, given.toString(), out.toString(), "float32", 1);
      var reply =
          (Reply.LogitsWritten)
              LogitsHandler.answer(request, models, new Call(_ -> {}, new AtomicBoolean()));
      var compared = new ArrayList<String>();
      try (var written = SafetensorsFile.open(out)) {
        for (String output : OUTPUTS) {
          if (file.has(output) && written.has(output)) {
            compared.add(output);
            assertThat(difference(file, written, output, expected))
                .as(name + " " + output)
                .isLessThanOrEqualTo(tolerance.path("logits_atol").asDouble());
          }
        }
      }
      assertThat(compared).isNotEmpty();
      if (file.has("labels")) {
        assertThat(reply.loss())
            .isCloseTo(
                expected.path("loss").asDouble(), within(tolerance.path("loss_atol").asDouble()));
      }
    }
  }

  private static double difference(
      SafetensorsFile file, SafetensorsFile written, String output, JsonNode expected) {
    boolean masked = expected.path("compare").asText().contains("attention_mask == 1");
    return masked
        ? Compare.maxDifference(
            file.floats(output), written.floats(output).data(), file.longs("attention_mask"))
        : Compare.maxDifference(file.floats(output).data(), written.floats(output).data());
  }
}
