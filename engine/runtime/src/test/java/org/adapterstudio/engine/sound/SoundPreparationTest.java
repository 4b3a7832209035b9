package org.adapterstudio.engine.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against features that Hugging Face's own Whisper feature extractor gave for the same files. */
class SoundPreparationTest {
  private static final Path CASES = Path.of("src/test/resources/golden/selfmade/preparation");

  @TempDir Path folder;

  @Test
  void featuresAgreeWithTheReference() throws IOException {
    double worst = 0;
    try (var file = SafetensorsFile.open(CASES.resolve("sounds.safetensors"))) {
      for (JsonNode one : Json.read(CASES.resolve("sound_cases.json"))) {
        String name = one.path("name").asText();
        double difference = Compare.maxDifference(file.floats(name).data(), computed(one));
        assertThat(difference).as(name).isLessThan(1e-4);
        worst = Math.max(worst, difference);
        Golden.ran("selfmade/preparation/" + name);
      }
    }
    System.out.println("largest difference of log-mel features: " + worst);
  }

  @Test
  void agreesWithASecondSetOfReferenceSounds() {
    Path other = CASES.resolveSibling("log_mel");
    for (String model : List.of("whisper", "whisper_one_second", "small")) {
      SoundPreparation preparation = SoundPreparation.read(other.resolve(model));
      try (var file = SafetensorsFile.open(other.resolve(model).resolve("expected.safetensors"))) {
        for (String sound : List.of("short", "long")) {
          Values expected = file.floats(sound + ".input_features");
          float[] all = preparation.prepare(List.of(other.resolve(sound + ".wav")));
          int columns = (int) expected.shape()[1];
          float[] first = new float[preparation.mels() * columns];
          for (int i = 0; i < first.length; i++) {
            first[i] = all[i / columns * preparation.frames() + i % columns];
          }
          assertThat(Compare.maxDifference(expected.data(), first))
              .as(model + sound)
              .isLessThan(1e-4);
          Golden.ran("selfmade/log_mel/" + model + "/" + sound);
        }
      }
    }
  }

  private float[] computed(JsonNode one) throws IOException {
    SoundPreparation preparation = configured(one.path("config"), one.path("joint").asBoolean());
    float[] all =
        preparation.prepare(List.of(CASES.resolve("sounds").resolve(one.path("sound").asText())));
    int every = one.path("every").asInt();
    int columns = Math.ceilDiv(preparation.frames(), every);
    float[] some = new float[preparation.mels() * columns];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[i / columns * preparation.frames() + i % columns * every];
    }
    return some;
  }

  private SoundPreparation configured(JsonNode config, boolean joint) throws IOException {
    Path model = Files.createTempDirectory(folder, "model");
    ObjectNode processor = Json.object();
    processor.set("feature_extractor", config);
    Files.writeString(
        model.resolve(joint ? "processor_config.json" : "preprocessor_config.json"),
        Json.line(joint ? processor : config));
    return SoundPreparation.read(model);
  }

  @Test
  void aSpoiledFeatureIsNoticed() {
    try (var file = SafetensorsFile.open(CASES.resolve("sounds.safetensors"))) {
      Values expected = file.floats("voice");
      float[] spoiled = expected.data().clone();
      spoiled[500] += 2e-4f;
      assertThat(Compare.maxDifference(expected.data(), spoiled)).isGreaterThan(1e-4);
    }
  }

  @Test
  void soundOfAnotherRateGivesNearlyTheSameFeatures() throws IOException {
    SoundPreparation preparation = configured(Json.parse("{\"chunk_length\": 1}", "test"), false);
    float[] direct = preparation.features(chirp(16_000));
    for (int rate : new int[] {22_050, 44_100, 48_000}) {
      Path file = Wav.write(folder.resolve(rate + ".wav"), chirp(rate), rate);
      float[] resampled = preparation.prepare(List.of(file));
      double sum = 0;
      for (int i = 0; i < direct.length; i++) {
        sum += Math.abs(direct[i] - resampled[i]);
      }
      // Differences lie where rounding to 16 bits is all there is, near the floor of the features.
      assertThat(sum / direct.length).as(rate + " Hz").isLessThan(0.01);
    }
  }

  /** A second of a tone that rises from 200 to 2000 Hz. */
  private static float[] chirp(int rate) {
    float[] samples = new float[rate];
    for (int i = 0; i < rate; i++) {
      double t = (double) i / rate;
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * (200 * t + 900 * t * t)));
    }
    return samples;
  }

  @Test
  void refusesAnOddRateWithTheWayOut() throws IOException {
    Path file = Wav.write(folder.resolve("odd.wav"), new float[100], 44_101);
    SoundPreparation preparation = configured(Json.object(), false);
    assertThatThrownBy(() -> preparation.prepare(List.of(file)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has 44101 samples a second, an odd rate beside the model's 16000")
        .hasMessageContaining("ffmpeg -i sound -ar 16000");
  }

  @Test
  void refusesConfigurationsThatAskForSomethingElse() {
    refused("{\"feature_extractor_type\": \"ClapFeatureExtractor\"}", "is ClapFeatureExtractor");
    refused("{\"dither\": 0.1}", "adds noise");
    refused("{\"n_fft\": 802}", "has a prime factor above 13");
    refused("{\"n_fft\": 1000000000}", "is 1000000000, not a number from 16 to 16384");
    refused("{\"hop_length\": 1, \"chunk_length\": 3600}", "does not fit hop_length");
    refused("{\"hop_length\": 3, \"n_fft\": 256}", "makes 160000 columns of one sound");
    refused("{\"feature_size\": \"many\"}", "is \"many\", not a number from 1 to 512");
  }

  private void refused(String config, String words) {
    assertThatThrownBy(() -> configured(Json.parse(config, "test"), false))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("preprocessor_config.json")
        .hasMessageContaining(words);
  }
}
