package org.adapterstudio.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.PicoPictures;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyTest {
  private static final Path CLIP = Golden.selfMade("clip_zero_shot");
  private static final JsonNode EXPECTED = Json.read(CLIP.resolve("expected.json"));

  @TempDir Path folder;

  @Test
  void descriptionsAreAnsweredAsByTransformers() {
    assertShares(words("templates").subList(0, 1), "shares");
  }

  @Test
  void severalTemplatesStandForTheMeanOfTheirVectors() {
    assertShares(words("templates"), "mean");
  }

  @Test
  void aFolderOfClassFoldersNamesTheClassesAndTheTruth() {
    Path colours = new PicoPictures(folder).colours("colours", 3, Color.RED, Color.BLUE);
    var answer = ask(CLIP, List.of(colours), List.of(), List.of("a photo of a {}"), 1);
    assertThat(answer.classes()).containsExactly("blue", "red");
    assertThat(answer.pictures()).hasSize(6).allMatch(picture -> picture.ranked().size() == 1);
    assertThat(answer.pictures())
        .extracting(Reply.ClassifiedPicture::truth)
        .containsOnly("blue", "red");
    long right = answer.pictures().stream().filter(Reply.ClassifiedPicture::right).count();
    assertThat(answer.accuracy()).isEqualTo(right / 6.0);
  }

  @Test
  void aHeadAnswersWithItsOwnClasses() throws IOException {
    Path vit = copyOf(Golden.selfMade("clip_classifier"));
    Path colours = new PicoPictures(folder).colours("colours", 2, Color.RED);
    var answer = ask(vit, List.of(colours.resolve("red")), List.of(), List.of(), 2);
    assertThat(answer.classes()).containsExactly("shoe", "bag", "coat");
    assertThat(answer.accuracy()).isNull();
    var first = answer.pictures().getFirst().ranked();
    assertThat(first).hasSize(2);
    assertThat(first.get(0).share()).isGreaterThanOrEqualTo(first.get(1).share());
    assertRefused(vit, colours, List.of(), "[red]", "shoe");
    assertRefused(vit, colours, List.of("red", "blue"), "its own classes");
  }

  @Test
  void whatCannotBeAskedIsRefusedBySentence() throws IOException {
    Path picture = new PicoPictures(folder).colours("one", 1, Color.RED).resolve("red/000.png");
    assertRefused(CLIP, picture, List.of(), "no class to choose from");
    assertRefused(CLIP, picture, List.of("red"), "one class");
    assertRefused(CLIP, folder.resolve("missing.png"), List.of("a", "b"), "does not exist");
    assertThatThrownBy(() -> ask(CLIP, List.of(picture), List.of("a", "b"), List.of("a photo"), 1))
        .hasMessageContaining("has no {} for the class");
    assertRefused(
        new PicoPictures(folder).vit(), picture, List.of(), "without a classification head");
    Path text = new PicoProject(folder.resolve("text")).base();
    Files.copy(CLIP.resolve("preprocessor_config.json"), text.resolve("preprocessor_config.json"));
    assertRefused(text, picture, List.of(), "sees no pictures");
  }

  private void assertShares(List<String> templates, String field) {
    List<Path> pictures =
        words("pictures").stream().map(Golden.selfMade("images")::resolve).toList();
    var answer = ask(CLIP, pictures, words("labels"), templates, 4);
    assertThat(answer.accuracy()).isNull();
    for (int i = 0; i < pictures.size(); i++) {
      for (Reply.ClassShare one : answer.pictures().get(i).ranked()) {
        int label = answer.classes().indexOf(one.label());
        assertThat(one.share())
            .isCloseTo(
                EXPECTED.path(field).path(i).path(label).asDouble(),
                within(EXPECTED.path("shares_atol").asDouble()));
      }
    }
    Golden.ran("selfmade/clip_zero_shot " + field);
  }

  private static List<String> words(String field) {
    var words = new ArrayList<String>();
    EXPECTED.path(field).forEach(word -> words.add(word.asText()));
    return words;
  }

  private void assertRefused(Path model, Path picture, List<String> labels, String... parts) {
    assertThatThrownBy(() -> ask(model, List.of(picture), labels, List.of("a photo of a {}"), 1))
        .isInstanceOf(StudioException.class)
        .message()
        .contains(parts);
  }

  private static Reply.Classified ask(
      Path model, List<Path> pictures, List<String> labels, List<String> templates, int top) {
    var places = pictures.stream().map(Path::toString).toList();
    var request = new Request.Classify(model.toString(), null, places, labels, templates, top, 1);
    try (var models = new Models()) {
      var call = new Call(_ -> {}, new AtomicBoolean());
      return (Reply.Classified) ClassifyHandler.answer(request, models, call);
    }
  }

  private Path copyOf(Path model) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("model"));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(model.resolve(file), copy.resolve(file));
    }
    Files.copy(CLIP.resolve("preprocessor_config.json"), copy.resolve("preprocessor_config.json"));
    return copy;
  }
}
