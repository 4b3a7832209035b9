package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class PictureCommandsTest extends ScriptedStudio {
  @Test
  void classifySendsLabelsAndTemplatesAndPrintsTheLikeliestClasses() {
    answer = Reply.Classified.of(List.of("cat", "dog"), List.of(picture("a.png", null, 0.9)));
    assertThat(studio("classify", "--model", "clip", "--labels", "cat, dog", "a.png")).isZero();
    assertThat(asked)
        .containsExactly(
            new Request.Classify(
                at("clip"),
                null,
                List.of(at("a.png")),
                List.of("cat", "dog"),
                List.of("a photo of a {}"),
                3,
                0));
    assertThat(out.toString().strip()).isEqualTo("a.png  cat 90.0 %, dog 10.0 %");
  }

  @Test
  void classifyCountsHowOftenAFoldersClassesWereRecognised() {
    answer =
        Reply.Classified.of(
            List.of("cat", "dog"),
            List.of(
                picture("cat/a.png", "cat", 0.9),
                picture("dog/a.png", "dog", 0.7),
                picture("dog/b.png", "dog", 0.2)));
    assertThat(studio("classify", "--model", "vit", "--adapter", "a", "pictures")).isZero();
    assertThat(out.toString())
        .contains("CLASS", "MOST OFTEN TAKEN FOR")
        .containsPattern("dog +2 +50.0 % +cat \\(1\\)")
        .contains("accuracy 66.7 % of 3 pictures; chance is 50.0 %");
  }

  @Test
  void classifyWritesJsonForPrograms() {
    answer = Reply.Classified.of(List.of("cat", "dog"), List.of(picture("a.png", "cat", 0.9)));
    assertThat(studio("classify", "--model", "clip", "--json", "a.png")).isZero();
    JsonNode json = Json.parse(out.toString(), "The output");
    assertThat(json.path("accuracy").asDouble()).isEqualTo(1);
    assertThat(json.path("pictures").path(0).path("ranked").path(0).path("label").asText())
        .isEqualTo("cat");
  }

  @Test
  void newModelSendsAbsolutePathsAndPrintsTheSize() {
    answer = new Reply.ModelMade("/x/base", 1_234_567, 4_938_268);
    assertThat(studio("new-model", "small", "--out", "base", "--seed", "5")).isZero();
    assertThat(asked).containsExactly(new Request.NewModel(at("small"), at("base"), 5));
    assertThat(out.toString()).contains("/x/base", "1,234,567 parameters", "4.9 MB");
  }

  private Reply.ClassifiedPicture picture(String file, String truth, double cat) {
    var shares = new ArrayList<>(List.of(share("cat", cat), share("dog", 1 - cat)));
    shares.sort((a, b) -> Double.compare(b.share(), a.share()));
    return new Reply.ClassifiedPicture(at(file), truth, shares);
  }

  private static Reply.ClassShare share(String label, double share) {
    return new Reply.ClassShare(label, share);
  }
}
