package org.adapterstudio.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against numbers that Hugging Face's own image processors gave for the same files. */
class ImagePreparationTest {
  private static final Path CASES = Path.of("src/test/resources/golden/selfmade/preparation");
  private static final Path PICTURES = CASES.resolve("images");

  @TempDir Path folder;

  @Test
  void pngFilesBecomeExactlyTheNumbersOfTheReference() throws IOException {
    List<String> differing = new ArrayList<>();
    for (JsonNode one : Json.read(CASES.resolve("image_cases.json"))) {
      if (one.path("picture").asText().endsWith(".png") && difference(one) != 0) {
        differing.add(one.path("name").asText() + " by " + difference(one));
      }
    }
    assertThat(differing).isEmpty();
  }

  @Test
  void jpegFilesDifferFromTheReferenceByAtMostOneStepOfASample() throws IOException {
    double worst = 0;
    for (JsonNode one : Json.read(CASES.resolve("image_cases.json"))) {
      if (one.path("picture").asText().endsWith(".jpg")) {
        double step = 1 / 255.0 / smallest(one.path("config").path("image_std"));
        assertThat(difference(one) / step).as(one.path("name").asText()).isLessThan(1.01);
        worst = Math.max(worst, difference(one) / step);
      }
    }
    System.out.println("largest difference of a decoded JPEG, in steps of 1/255: " + worst);
  }

  private static double smallest(JsonNode numbers) {
    double smallest = Double.MAX_VALUE;
    for (JsonNode number : numbers) {
      smallest = Math.min(smallest, number.asDouble());
    }
    return smallest;
  }

  private double difference(JsonNode one) throws IOException {
    String name = one.path("name").asText();
    var prepared =
        configured(one.path("config"), one.path("joint").asBoolean())
            .prepare(List.of(PICTURES.resolve(one.path("picture").asText())));
    try (var file = SafetensorsFile.open(CASES.resolve("images.safetensors"))) {
      Values expected = file.floats(name);
      assertThat(new long[] {prepared.channels(), prepared.height(), prepared.width()})
          .as(name)
          .isEqualTo(expected.shape());
      Golden.ran("selfmade/preparation/" + name);
      return Compare.maxDifference(expected.data(), prepared.values());
    }
  }

  private ImagePreparation configured(JsonNode config, boolean joint) throws IOException {
    Path model = Files.createTempDirectory(folder, "model");
    if (joint) {
      ObjectNode processor = Json.object();
      processor.set("image_processor", config);
      Files.writeString(model.resolve("processor_config.json"), Json.line(processor));
    } else {
      Files.writeString(model.resolve("preprocessor_config.json"), Json.line(config));
    }
    return ImagePreparation.read(model);
  }

  @Test
  void agreesWithASecondSetOfReferencePictures() {
    Path other = CASES.resolveSibling("images");
    for (String model : List.of("vit", "clip", "clip_old")) {
      var preparation = ImagePreparation.read(other.resolve(model));
      Path numbers = other.resolve(model.replace("_old", "")).resolve("expected.safetensors");
      try (var file = SafetensorsFile.open(numbers)) {
        for (String picture : List.of("rgb_wide", "gray_tall", "rgba_square")) {
          float[] actual = preparation.prepare(List.of(other.resolve(picture + ".png"))).values();
          float[] expected = file.floats(picture + ".pixel_values").data();
          assertThat(Compare.maxDifference(expected, actual)).as(model + picture).isLessThan(1e-6);
          Golden.ran("selfmade/images/" + model + "/" + picture);
        }
      }
    }
  }

  @Test
  void refusesToJoinPicturesOfDifferentSizes() throws IOException {
    var preparation = configured(Json.parse("{\"do_resize\": false}", "test"), false);
    Path small = PICTURES.resolve("small.png");
    assertThatThrownBy(() -> preparation.prepare(List.of(PICTURES.resolve("wide.png"), small)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(
            small + " becomes 11 x 9 pixels, another picture of its batch 61 x 47");
    assertThat(preparation.prepare(List.of(small, small)).values()).hasSize(2 * 3 * 11 * 9);
  }

  @Test
  void aSpoiledNumberIsNoticed() throws IOException {
    var prepared = configured(Json.object(), false).prepare(List.of(PICTURES.resolve("wide.png")));
    float[] spoiled = prepared.values().clone();
    spoiled[7] += 1 / 255f;
    assertThat(Compare.maxDifference(prepared.values(), spoiled)).isGreaterThan(0.0039);
  }

  @Test
  void refusesConfigurationsThatAskForSomethingElse() {
    refused("{\"size\": 0}", "the field size holds 0, not a number from 1 to 8192");
    refused("{\"size\": {\"height\": 1e9, \"width\": 8}}", "the field size holds 1.0E9");
    refused("{\"size\": \"large\"}", "the field size is \"large\", which is no size");
    refused("{\"resample\": 9}", "the field resample is 9; filters are 0 to 5");
    refused("{\"image_std\": [0.5, 0, 0.5]}", "the field image_std holds [0.5,0,0.5]");
    refused("{\"image_mean\": [0.5, 0.5]}", "the field image_mean has not one number a channel");
    refused("{\"do_pad\": true}", "the field do_pad asks for a step that is not supported");
    refused("{\"crop_pct\": 0.875}", "the field crop_pct asks for a step");
    refused("{\"rescale_factor\": 1e999}", "rescale_factor is not a finite number");
  }

  private void refused(String config, String words) {
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("preprocessor_config.json"), config);
              ImagePreparation.read(folder);
            })
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("preprocessor_config.json")
        .hasMessageContaining(words);
  }

  @Test
  void saysThatAFolderHasNoConfiguration() {
    assertThatThrownBy(() -> ImagePreparation.read(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(folder + " has no preprocessor_config.json");
  }
}
