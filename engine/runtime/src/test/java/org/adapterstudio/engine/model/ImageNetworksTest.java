package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tensor.Values;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetworksTest {
  private static final Path VIT = Golden.selfMade("vit_oblong");
  private static final Path HEADLESS = Golden.selfMade("vit_headless");
  private static final Path CLIP = Golden.selfMade("clip_former_end");

  @Test
  void missingPicturesAreNamedWithTheShapeTheyMustHave() {
    assertRefused(
        () -> outputs(VIT, new Inputs(null, null, null)), "pixel_values is missing", "3, 16, 24");
  }

  @Test
  void picturesOfAnotherSizeAreRefusedWithBothShapes() {
    assertRefused(
        () -> outputs(VIT, pictures(1, 3, 16, 16)), "[1, 3, 16, 16]", "[pictures, 3, 16, 24]");
    assertRefused(() -> outputs(VIT, pictures(1, 1, 16, 24)), "[1, 1, 16, 24]");
    assertRefused(
        () -> outputs(VIT, Inputs.of(new Values(new float[1152], new long[] {3, 16, 24}))),
        "[3, 16, 24]");
  }

  @Test
  void labelsOutsideTheClassesAreRefused() {
    assertRefused(() -> loss(VIT, pictures(1, 3, 16, 24), 3), "label is 3", "3 classes");
    assertRefused(() -> loss(VIT, pictures(1, 3, 16, 24), 0, 1), "2 labels", "1 pictures");
  }

  @Test
  void aModelWithoutAHeadHasStatesButNoLoss() {
    assertThat(outputs(HEADLESS, pictures(1, 3, 16, 16))).containsOnlyKeys("last_hidden_state");
    assertRefused(() -> loss(HEADLESS, pictures(1, 3, 16, 16), 0), "without a classification head");
  }

  @Test
  void aPurposeGivesAHeadWhoseNumbersStartAfresh() {
    var purpose = Purpose.classification(List.of("shoe", "bag"));
    for (Path folder : List.of(HEADLESS, VIT, CLIP)) {
      try (var base = BaseModel.load(folder, Storage.plain("float32"), purpose);
          Scope scope = Kernels.get().inference()) {
        assertThat(base.fresh()).containsExactlyInAnyOrder("classifier.weight", "classifier.bias");
        var classifier = (ImageClassifier) base.network();
        assertThat(classifier.heads()).hasSize(1);
        var pass = Pass.still(scope, Weights.of(base));
        var logits = classifier.outputs(pass, classifier.probe(), Tap.NONE).get("logits");
        assertThat(logits.getShape().getShape()).containsExactly(1, 2);
      }
    }
  }

  @Test
  void oneTowerAnswersAloneAsItDoesBesideTheOther() {
    Inputs images = pictures(2, 3, 16, 16);
    Inputs texts = Inputs.of(Tokens.of(new long[] {5, 9, 95, 7, 95, 3}, 2));
    var both = outputs(CLIP, new Inputs(texts.tokens(), null, images.dense()));
    assertThat(both)
        .containsOnlyKeys("logits_per_image", "logits_per_text", "image_embeds", "text_embeds");
    var seen = outputs(CLIP, images);
    assertThat(seen).containsOnlyKeys("image_embeds");
    assertThat(seen.get("image_embeds")).isEqualTo(both.get("image_embeds"));
    var read = outputs(CLIP, texts);
    assertThat(read).containsOnlyKeys("text_embeds");
    assertThat(read.get("text_embeds")).isEqualTo(both.get("text_embeds"));
    assertRefused(() -> outputs(CLIP, new Inputs(null, null, null)), "pixel_values", "input_ids");
  }

  @Test
  void aLossOfTwinTowersNeedsAsManyTextsAsPictures() {
    var texts = Tokens.of(new long[] {5, 9, 95}, 1);
    assertRefused(
        () -> loss(CLIP, new Inputs(texts, null, pictures(2, 3, 16, 16).dense())), "pairs");
  }

  @Test
  void paddedTextsAreReadAsAlone() {
    long[] padded = {5, 9, 95, 7, 60, 2, 95, 1, 1, 1};
    long[] mask = {1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
    var batch = outputs(CLIP, Inputs.of(Tokens.of(padded, 2).masked(mask))).get("text_embeds");
    var alone = outputs(CLIP, Inputs.of(Tokens.of(new long[] {2, 95}, 1))).get("text_embeds");
    float[] second = Arrays.copyOfRange(batch, alone.length, 2 * alone.length);
    assertThat(Compare.maxDifference(alone, second)).isLessThan(1e-6);
  }

  @Test
  void aTextLongerThanItsPositionsIsRefused() {
    assertRefused(() -> outputs(CLIP, Inputs.of(Tokens.probe(17, 96))), "16 tokens");
  }

  @Test
  void aConfigThatCannotBeBuiltIsRefusedByItsField(@TempDir Path folder) throws IOException {
    assertConfigRefused(folder, VIT, "\"1\": \"LABEL_1\",", "", "id2label");
    assertConfigRefused(
        folder, VIT, "\"image_size\": [\n  16,", "\"image_size\": [\n  6,", "patch");
    assertConfigRefused(folder, CLIP, "\"vision_config\"", "\"eyes\"", "vision_config");
    assertConfigRefused(
        folder, CLIP, "\"projection_dim\": 16", "\"projection_dim\": 0", "projection_dim");
  }

  private static void assertConfigRefused(
      Path folder, Path from, String what, String by, String named) throws IOException {
    String config = Files.readString(from.resolve("config.json"));
    assertThat(config).contains(what);
    Files.writeString(folder.resolve("config.json"), config.replace(what, by));
    assertRefused(() -> Networks.read(folder), "config.json", named);
  }

  private static void assertRefused(ThrowingCallable work, String... parts) {
    assertThatThrownBy(work)
        .isInstanceOf(StudioException.class)
        .satisfies(
            e -> {
              var failure = ((StudioException) e).failure();
              assertThat(failure.kind()).isEqualTo("bad_input");
              assertThat(failure.text()).contains(parts);
            });
  }

  private static Inputs pictures(int rows, int channels, int height, int width) {
    float[] pixels = new float[rows * channels * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.cos(0.11 * i);
    }
    return Inputs.of(new Values(pixels, new long[] {rows, channels, height, width}));
  }

  private static SequencedMap<String, float[]> outputs(Path folder, Inputs in) {
    try (var base = BaseModel.load(folder, "float32");
        Scope scope = Kernels.get().inference()) {
      var values = new java.util.LinkedHashMap<String, float[]>();
      base.network()
          .outputs(Pass.still(scope, Weights.of(base)), in, Tap.NONE)
          .forEach((name, array) -> values.put(name, array.toFloatArray()));
      return values;
    }
  }

  private static void loss(Path folder, Inputs in, long... labels) {
    try (var base = BaseModel.load(folder, "float32");
        Scope scope = Kernels.get().inference()) {
      base.network().loss(Pass.still(scope, Weights.of(base)), in, labels);
    }
  }
}
