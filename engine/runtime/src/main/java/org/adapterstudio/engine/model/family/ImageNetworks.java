package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.ImageTower;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.network.TextTower;
import org.adapterstudio.engine.model.network.TwinTowers;
import org.adapterstudio.engine.model.part.PatchEmbedding;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds networks that see pictures. */
final class ImageNetworks {
  private static final String CLASSIFIER = "ForImageClassification";

  private ImageNetworks() {}

  /** A tower, with a head where it was saved with one. */
  static ImageClassifier classifier(Settings settings) {
    boolean saved = savedAs(settings, CLASSIFIER);
    Optional<ImageClassifier.Head> head =
        saved ? Optional.of(head(settings, Labels.of(settings))) : Optional.empty();
    return new ImageClassifier(imageSizes(settings), imageTower(settings, head.isPresent()), head);
  }

  /** Both towers; the image tower alone where it was saved as a classifier. */
  static Network towers(Settings settings) {
    Settings vision = settings.part("vision");
    if (savedAs(settings, CLASSIFIER)) {
      var head = head(vision, Labels.of(settings));
      return new ImageClassifier(imageSizes(vision), imageTower(vision, true), Optional.of(head));
    }
    Settings text = settings.part("text");
    int shared = settings.size("shared");
    var embedding = EmbeddingBuilder.tokens(text);
    var textTower =
        new TextTower(
            embedding,
            new StackBuilder(text).stack(),
            Norms.of(text, text.name("last_norm"), text.size("hidden")),
            text.count("end"));
    return new TwinTowers(
        sizes(vision, text.size("vocabulary"), text.size("context")),
        textTower,
        projection(settings.name("text_projection"), text, shared),
        imageTower(vision, false),
        projection(settings.name("image_projection"), vision, shared),
        settings.name("logit_scale"));
  }

  private static Linear projection(String name, Settings from, int shared) {
    return Linear.of(name, from.size("hidden"), shared, false, -1);
  }

  private static ImageClassifier.Head head(Settings settings, List<String> labels) {
    String name = settings.name("classifier");
    var output = Linear.of(name, settings.size("hidden"), labels.size(), true, -1);
    return new ImageClassifier.Head(output, labels);
  }

  private static ImageTower imageTower(Settings settings, boolean classifier) {
    int hidden = settings.size("hidden");
    String pooling = settings.text(classifier ? "classifier_pooling" : "pooling", "class_token");
    var embedding =
        new PatchEmbedding(
            grid(settings),
            hidden,
            settings.name("patches"),
            settings.flag("patch_bias"),
            settings.name("class_token"),
            settings.name("patch_positions"),
            settings.flag("leading_one"),
            settings.name("patch_norm", -1).map(name -> Norms.of(settings, name, hidden)));
    return new ImageTower(
        embedding,
        new StackBuilder(settings).stack(),
        Norms.of(settings, settings.name("last_norm"), hidden),
        ImageTower.Pooling.valueOf(pooling.toUpperCase(Locale.ROOT)));
  }

  private static PatchEmbedding.Grid grid(Settings settings) {
    var picture = settings.sides("image");
    var patch = settings.sides("patch");
    if (patch.height() > picture.height() || patch.width() > picture.width()) {
      throw settings.wrong(settings.field("patch"), "is larger than the picture");
    }
    return new PatchEmbedding.Grid(settings.size("channels"), picture, patch);
  }

  /** Whether config.json names a class of transformers that ends so. */
  private static boolean savedAs(Settings settings, String ending) {
    for (JsonNode name : settings.config().path("architectures")) {
      if (name.asText().endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static Sizes imageSizes(Settings settings) {
    return sizes(settings, 0, grid(settings).positions());
  }

  private static Sizes sizes(Settings vision, int vocabulary, int context) {
    var stack = new StackBuilder(vision);
    return new Sizes(
        vision.family().key(),
        vocabulary,
        vision.size("hidden"),
        stack.intermediate(),
        vision.size("layers"),
        stack.heads(),
        stack.keyValueHeads(),
        stack.headSize(),
        context,
        List.of());
  }
}
