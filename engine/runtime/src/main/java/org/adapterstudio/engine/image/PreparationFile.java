package org.adapterstudio.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * The fields of a model folder's {@code preprocessor_config.json}, or of the part {@code
 * image_processor} of a {@code processor_config.json}, with the defaults that the named processor
 * has for what is absent.
 *
 * @param file the fields stand in
 * @param fields as written
 * @param clip whether the defaults are those of CLIP, else those of ViT
 */
record PreparationFile(Path file, JsonNode fields, boolean clip) {
  /** Largest side a picture is resized or cropped to. */
  private static final int LARGEST = 8192;

  /** Fields that ask for work which is not done here, so ignoring them would change the numbers. */
  private static final List<String> FOREIGN =
      List.of(
          "do_pad",
          "do_thumbnail",
          "do_align_long_axis",
          "do_flip_channel_order",
          "do_image_splitting",
          "crop_pct");

  static PreparationFile read(Path folder) {
    Path joint = folder.resolve("processor_config.json");
    Path own = folder.resolve("preprocessor_config.json");
    if (Files.isRegularFile(joint) && Json.read(joint).path("image_processor").isObject()) {
      return of(joint, Json.read(joint).path("image_processor"));
    }
    if (!Files.isRegularFile(own)) {
      throw StudioException.badInput(
          folder + " has no preprocessor_config.json, so how pictures become numbers is unknown.",
          "Copy that file of this model into the folder.");
    }
    return of(own, Json.read(own));
  }

  private static PreparationFile of(Path file, JsonNode fields) {
    String type = fields.path("image_processor_type").asText("");
    type = type.isEmpty() ? fields.path("feature_extractor_type").asText("") : type;
    var read = new PreparationFile(file, fields, type.startsWith("CLIP"));
    for (String field : FOREIGN) {
      JsonNode value = fields.path(field);
      if (value.isNumber() || value.asBoolean()) {
        throw read.wrong(field, "asks for a step that is not supported");
      }
    }
    return read;
  }

  boolean flag(String field, boolean absent) {
    JsonNode value = fields.path(field);
    return value.isBoolean() ? value.asBoolean() : absent;
  }

  Resampling resampling() {
    JsonNode value = fields.path("resample");
    if (value.isMissingNode() || value.isNull()) {
      return clip ? Resampling.BICUBIC : Resampling.BILINEAR;
    }
    if (!value.isIntegralNumber()) {
      throw wrong("resample", "is " + value + ", not a filter's number");
    }
    return Resampling.of(value.asInt(-1))
        .orElseThrow(() -> wrong("resample", "is " + value + "; filters are 0 to 5"));
  }

  double scale() {
    JsonNode value = fields.path("rescale_factor");
    double scale = value.isNumber() ? value.asDouble() : 1 / 255.0;
    if (!Double.isFinite(scale)) {
      throw wrong("rescale_factor", "is not a finite number");
    }
    return scale;
  }

  Target size() {
    JsonNode size = fields.path("size");
    if (absent(size)) {
      return clip ? new Target.ShortestEdge(224, 0) : new Target.Exact(224, 224);
    }
    boolean square = flag("default_to_square", !clip);
    return size.isIntegralNumber() && !square
        ? new Target.ShortestEdge(side("size", size), 0)
        : target("size", size);
  }

  Target.Exact crop() {
    JsonNode size = fields.path("crop_size");
    if (absent(size)) {
      return new Target.Exact(224, 224);
    }
    if (target("crop_size", size) instanceof Target.Exact exact) {
      return exact;
    }
    throw wrong("crop_size", "has no height and width");
  }

  private Target target(String field, JsonNode size) {
    if (size.isIntegralNumber()) {
      return new Target.Exact(side(field, size), side(field, size));
    }
    if (size.isArray() && size.size() == 2) {
      return new Target.Exact(side(field, size.get(0)), side(field, size.get(1)));
    }
    if (size.has("height") && size.has("width")) {
      return new Target.Exact(side(field, size.get("height")), side(field, size.get("width")));
    }
    if (size.has("shortest_edge")) {
      int longest = absent(size.path("longest_edge")) ? 0 : side(field, size.get("longest_edge"));
      return new Target.ShortestEdge(side(field, size.get("shortest_edge")), longest);
    }
    throw wrong(field, "is " + brief(size) + ", which is no size");
  }

  private int side(String field, JsonNode value) {
    if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > LARGEST) {
      throw wrong(field, "holds " + brief(value) + ", not a number from 1 to " + LARGEST);
    }
    return value.asInt();
  }

  /** One number a channel; a single number stands for three. */
  float[] channels(String field, boolean divisor) {
    JsonNode value = fields.path(field);
    if (absent(value)) {
      return divisor ? Defaults.deviation(clip) : Defaults.mean(clip);
    }
    var numbers = new ArrayList<Double>();
    if (value.isNumber()) {
      numbers.addAll(List.of(value.asDouble(), value.asDouble(), value.asDouble()));
    }
    value.forEach(number -> numbers.add(number.isNumber() ? number.asDouble() : Double.NaN));
    if (numbers.size() != 3 && numbers.size() != 1) {
      throw wrong(field, "has not one number a channel");
    }
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
      if (!Float.isFinite(floats[i]) || divisor && floats[i] == 0) {
        throw wrong(field, "holds " + brief(value) + ", which cannot be used");
      }
    }
    return floats;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  StudioException wrong(String field, String why) {
    return StudioException.badInput(
        file + ": the field " + field + " " + why + ".",
        "Correct it, or fetch the model's preprocessor_config.json again.");
  }

  /** Means and deviations of the two processors. */
  private static final class Defaults {
    private Defaults() {}

    static float[] mean(boolean clip) {
      return clip
          ? new float[] {0.48145466f, 0.4578275f, 0.40821073f}
          : new float[] {0.5f, 0.5f, 0.5f};
    }

    static float[] deviation(boolean clip) {
      return clip
          ? new float[] {0.26862954f, 0.26130258f, 0.27577711f}
          : new float[] {0.5f, 0.5f, 0.5f};
    }
  }
}
