package org.adapterstudio.engine.sound;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * How a speech model's sound becomes numbers (Whisper, arXiv:2212.04356, 2.2): padded or cut to one
 * length, powers of overlapping windows through mel filters, their logarithm limited to 8 decades
 * below the loudest, brought near -1 to 1.
 *
 * @param mels filters, the rows of the result
 * @param rate samples a second that the model expects
 * @param samples of the padded sound
 * @param window samples of one transform
 * @param hop samples between two windows
 * @param padding value of the samples filled up
 */
public record SoundPreparation(
    int mels, int rate, int samples, int window, int hop, float padding) {
  private static final int MOST_WORK = 1 << 26;

  /** Numbers of one sound's result: a third more than the largest Whisper makes. */
  private static final int MOST_NUMBERS = 1 << 19;

  /** Reads a model folder's preprocessor configuration; a missing or odd one is bad input. */
  public static SoundPreparation read(Path folder) {
    Path joint = folder.resolve("processor_config.json");
    Path own = folder.resolve("preprocessor_config.json");
    if (Files.isRegularFile(joint) && Json.read(joint).path("feature_extractor").isObject()) {
      return of(new Fields(joint, Json.read(joint).path("feature_extractor")));
    }
    if (!Files.isRegularFile(own)) {
      throw StudioException.badInput(
          folder + " has no preprocessor_config.json, so how sound becomes numbers is unknown.",
          "Copy that file of this model into the folder.");
    }
    return of(new Fields(own, Json.read(own)));
  }

  private static SoundPreparation of(Fields fields) {
    String type = fields.json.path("feature_extractor_type").asText("WhisperFeatureExtractor");
    if (!type.equals("WhisperFeatureExtractor")) {
      throw fields.wrong("feature_extractor_type", "is " + type + ", only Whisper's is known");
    }
    if (fields.json.path("dither").asDouble(0) != 0) {
      throw fields.wrong("dither", "adds noise to the sound, which is not supported");
    }
    if (fields.json.path("do_normalize").asBoolean(false)) {
      throw fields.wrong("do_normalize", "asks for a step that is not supported");
    }
    int rate = fields.number("sampling_rate", 16_000, 1000, 96_000);
    int window = fields.number("n_fft", 400, 16, 16_384);
    int hop = fields.number("hop_length", 160, 1, 16_384);
    int seconds = fields.number("chunk_length", 30, 1, 3600);
    if (!Fourier.suits(window) || window % 2 != 0) {
      throw fields.wrong("n_fft", "is " + window + ", which is odd or has a prime factor above 13");
    }
    long samples = (long) seconds * rate;
    if (samples / hop * window > MOST_WORK || samples / hop == 0 || samples <= window) {
      throw fields.wrong("chunk_length", "does not fit hop_length and n_fft");
    }
    int mels = fields.number("feature_size", 80, 1, 512);
    if (samples / hop * mels > MOST_NUMBERS) {
      throw fields.wrong("hop_length", "makes " + samples / hop + " columns of one sound");
    }
    float padding = (float) fields.json.path("padding_value").asDouble(0);
    return new SoundPreparation(mels, rate, (int) samples, window, hop, padding);
  }

  /** The fields of a file, checked one by one. */
  private record Fields(Path file, JsonNode json) {
    int number(String field, int absent, int least, int most) {
      JsonNode value = json.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return absent;
      }
      if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
        String text = value.toString();
        text = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        throw wrong(field, "is %s, not a number from %d to %d".formatted(text, least, most));
      }
      return value.asInt();
    }

    StudioException wrong(String field, String why) {
      return StudioException.badInput(
          file + ": the field " + field + " " + why + ".",
          "Correct it, or fetch the model's preprocessor_config.json again.");
    }
  }

  /** Seconds of sound that the model hears; the rest of a longer file is left out. */
  public double seconds() {
    return (double) samples / rate;
  }

  /** Columns of the result. */
  public int frames() {
    return samples / hop;
  }

  /** Whether a WAV file is longer than the model hears. */
  public boolean cuts(Path file) {
    return WavFile.check(file) > seconds();
  }

  /** Reads some WAV files and computes their features [files, mels, frames]. */
  public float[] prepare(List<Path> files) {
    int size = mels * frames();
    float[] features = new float[Math.multiplyExact(files.size(), size)];
    for (int i = 0; i < files.size(); i++) {
      System.arraycopy(features(heard(files.get(i))), 0, features, i * size, size);
    }
    return features;
  }

  /** The sound of a file at the model's rate. */
  private float[] heard(Path file) {
    // A little more than is heard, so that the last samples are filtered like the others.
    Sound sound = WavFile.read(file, seconds() + 0.1);
    return sound.rate() == rate
        ? sound.samples()
        : Resampler.of(sound.rate(), rate)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        "%s has %d samples a second, an odd rate beside the model's %d."
                            .formatted(file, sound.rate(), rate),
                        "Convert it, for example: ffmpeg -i sound -ar " + rate + " sound.wav"))
            .apply(sound.samples());
  }

  /** Features [mels, frames] of one channel at the model's rate. */
  float[] features(float[] sound) {
    float[] heard = Arrays.copyOf(sound, samples);
    Arrays.fill(heard, Math.min(sound.length, samples), samples, padding);
    double[][] decades = new LogMel(mels, window, hop, rate).of(heard, frames());
    double loudest = Double.NEGATIVE_INFINITY;
    for (double[] frame : decades) {
      for (double value : frame) {
        loudest = Math.max(loudest, value);
      }
    }
    float[] features = new float[mels * frames()];
    for (int mel = 0; mel < mels; mel++) {
      for (int frame = 0; frame < frames(); frame++) {
        double value = Math.max(decades[frame][mel], loudest - 8);
        features[mel * frames() + frame] = (float) ((value + 4) / 4);
      }
    }
    return features;
  }
}
