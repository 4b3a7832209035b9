package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.ImageTower;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.SequenceClassifier;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.network.TextTower;
import org.adapterstudio.engine.model.network.TwinTowers;
import org.adapterstudio.engine.model.part.PatchEmbedding;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds networks that see pictures. */
final class ImageNetworks {
  private static final String CLASSIFIER = "ForImageClassification";

  private ImageNetworks() {}

  /** A tower, with a head where it was saved with one or shall have one. */
  static ImageClassifier classifier(Settings settings, Purpose purpose) {
    var head = head(settings, settings, purpose);
    return classifier(head.isPresent() ? settings : settings.bare(), head);
  }

  /** Both towers; the image tower alone where it was saved as a classifier or shall be one. */
  static Network towers(Settings settings, Purpose purpose) {
    Settings vision = settings.part("vision");
    var head = head(settings, vision, purpose);
    return head.isPresent() ? classifier(vision, head) : towers(settings, vision);
  }

  private static ImageClassifier classifier(
      Settings settings, Optional<ImageClassifier.Head> head) {
    ImageTower tower = imageTower(settings, head.isPresent());
    return new ImageClassifier(imageSizes(settings), tower, head);
  }

  private static TwinTowers towers(Settings settings, Settings vision) {
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

  /**
   * The head of a classifier.
   *
   * @param whole what names the classes
   * @param tower that the head stands on
   */
  private static Optional<ImageClassifier.Head> head(
      Settings whole, Settings tower, Purpose purpose) {
    boolean wanted = purpose.head() == Purpose.Head.CLASSIFICATION;
    if (!wanted && !savedAs(whole, CLASSIFIER)) {
      return Optional.empty();
    }
    List<String> labels = wanted ? purpose.labels() : Labels.of(whole);
    String name = tower.name("classifier");
    var output = Linear.of(name, tower.size("hidden"), labels.size(), true, -1);
    String problem = whole.config().path("problem_type").asText(SequenceClassifier.ONE_LABEL);
    return Optional.of(
        new ImageClassifier.Head(
            output, labels, wanted ? SequenceClassifier.ONE_LABEL : problem, wanted));
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
