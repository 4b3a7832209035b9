package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  @TempDir Path folder;
  private final FakeServices fake = new FakeServices();
  private final List<Path> added = new ArrayList<>();
  private final Opening opening = new Opening(fake, fake, added::add);

  @Test
  void showsARun() {
    RunFolder.create(folder.resolve("first"), new Recipe(1, null, null, null, null, null, null));
    opening.open(folder.resolve("first"));
    assertThat(fake.places).containsExactly("run first");
  }

  @Test
  void addsAnyOtherFolderToTheLibrary() {
    opening.open(folder);
    assertThat(added).containsExactly(folder);
    assertThat(fake.places).containsExactly("library");
  }

  @Test
  void addsTheFolderOfAWeightsFile() {
    Path model = TinyModels.llama(folder.resolve("m"), 32);
    opening.open(model.resolve("model.safetensors"));
    assertThat(added).containsExactly(model);
  }

  @Test
  void bringsRowsIntoTheForm() {
    opening.open(TinyModels.write(folder.resolve("rows.jsonl"), "{}"));
    assertThat(fake.places).containsExactly("train");
  }

  @Test
  void refusesARecipeWithAnUnknownFieldByItsName() {
    Path recipe = TinyModels.write(folder.resolve("r.json"), "{\"version\": 1, \"modle\": {}}");
    assertThatThrownBy(() -> opening.open(recipe))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("modle");
    assertThat(fake.places).isEmpty();
  }

  @Test
  void saysWhatItCannotOpen() {
    opening.open(TinyModels.write(folder.resolve("song.mp3"), "la"));
    assertThat(fake.said).singleElement().asString().contains("song.mp3").contains("neither");
  }
}
