package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.sound.Wav;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFilesTest {
  @TempDir Path folder;

  @Test
  void aFolderOfClassFoldersNamesEachPicturesClass() throws IOException {
    picture("zebra/1.png");
    picture("zebra/2.JPG");
    picture("ant/1.png");
    picture("ant/.hidden.png");
    Files.writeString(folder.resolve("ant/notes.txt"), "not a picture");
    LabelledFiles files = pictures(Map.of());
    assertThat(files.split().train())
        .containsExactly(
            new LabelledFile(folder.resolve("ant/1.png"), "ant", 0),
            new LabelledFile(folder.resolve("zebra/1.png"), "zebra", 0),
            new LabelledFile(folder.resolve("zebra/2.JPG"), "zebra", 0));
    assertThat(files.bad()).isEmpty();
  }

  @Test
  void metadataNamesFilesAndTheirClasses() throws IOException {
    Path a = picture("a.png");
    Path b = picture("deep/b.png");
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        """
        {"file_name": "deep/b.png", "kind": 1}
        {"file_name": "a.png", "kind": "no"}
        """);
    assertThat(pictures(Map.of("label", "kind")).split().train())
        .containsExactly(new LabelledFile(b, "1", 1), new LabelledFile(a, "no", 2));
  }

  @Test
  void masksAreNamedBesideTheirPicturesAndMissingOnesTold() throws IOException {
    picture("a.png");
    picture("b.png");
    Path mask = picture("masks/a.png");
    Files.writeString(
        folder.resolve("metadata.csv"), "file_name,mask\na.png,masks/a.png\nb.png,masks/b.png\n");
    LabelledFiles files =
        LabelledFiles.masked(Fixtures.recipe(data(folder, Map.of()), 2, 1), LoadProgress.NONE);
    assertThat(files.split().train())
        .containsExactly(new LabelledFile(folder.resolve("a.png"), mask.toString(), 2));
    assertThat(files.bad()).hasSize(1);
    assertThat(files.bad().getFirst().reason()).contains("masks/b.png");
  }

  @Test
  void namesEveryPictureThatCannotBeUsed() throws IOException {
    picture("ant/1.png");
    Path torn = picture("bee/2.png");
    Files.write(torn, Arrays.copyOf(Files.readAllBytes(torn), 50));
    Path other = Files.writeString(folder.resolve("ant/3.webp"), "RIFF....WEBP");
    LabelledFiles files = pictures(Map.of());
    assertThat(files.split().train()).hasSize(1);
    assertThatThrownBy(() -> files.requireUsable(data(folder, Map.of())))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("2 rows cannot be used")
        .hasMessageContaining(torn + " is not a picture that can be read: it is cut short")
        .hasMessageContaining(other + " is not a picture that can be read: it is neither PNG");
  }

  @Test
  void refusesFoldersThatAreNotLabelled() throws IOException {
    assertRefused(folder, " has neither a folder for each class nor a metadata.csv");
    picture("train/ant/1.png");
    assertRefused(folder, "train holds no picture, only folders");
    Path train = folder.resolve("train");
    Files.createDirectory(train.resolve("bee"));
    assertRefused(train, "The class folder " + train.resolve("bee") + " holds no picture.");
    assertRefused(folder.resolve("missing"), "missing does not exist. Check data.train");
  }

  private static void assertRefused(Path place, String words) {
    Recipe recipe = Fixtures.recipe(data(place, Map.of()), 2, 1);
    assertThatThrownBy(() -> LabelledFiles.pictures(recipe, LoadProgress.NONE))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(words);
  }

  @Test
  void metadataCannotLeadOutOfItsFolder() throws IOException {
    picture("a.png");
    metadata("file_name,label\na.png,1\n../secret.png,0\nmissing.png,0\n,1\n");
    assertThat(BadRows.sentence(pictures(Map.of()).bad()))
        .contains("line 3: file_name names a file outside the folder: ../secret.png")
        .contains("line 4: file_name names a file that is not there: missing.png")
        .contains("line 5: file_name is empty");
    metadata("file,label\na.png,1\n");
    assertThatThrownBy(() -> pictures(Map.of()))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has the columns file, label, none of which is called file_name")
        .hasMessageContaining("data.columns");
  }

  @Test
  void readsTheFashionPictures() {
    Path fashion = Golden.real().resolve("fashion-900");
    Recipe.Data both =
        new Recipe.Data(
            fashion.resolve("train").toString(),
            fashion.resolve("test").toString(),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    LabelledFiles files =
        LabelledFiles.pictures(Fixtures.recipe(both, 8, 1), LoadProgress.NONE).requireUsable(both);
    assertThat(files.split().train()).hasSize(720);
    assertThat(files.split().eval()).hasSize(180);
    assertThat(files.split().train().stream().map(LabelledFile::label).distinct()).hasSize(10);
  }

  @Test
  void namesEverySoundThatCannotBeUsed() throws IOException {
    Path good = Wav.write(folder.resolve("a.wav"), new float[8000], 16_000);
    Path torn = folder.resolve("torn.wav");
    Files.write(torn, Arrays.copyOf(Files.readAllBytes(good), 1000));
    metadata("file_name,sentence\na.wav,Hello\ntorn.wav,Hello\na.wav,\nc.wav,Hello\n");
    LabelledFiles files = sounds();
    assertThat(files.split().train()).containsExactly(new LabelledFile(good, "Hello", 2));
    assertThat(BadRows.sentence(files.bad()))
        .contains("line 4: sentence is empty")
        .contains("line 5: file_name names a file that is not there: c.wav")
        .contains(torn + " is not a sound that can be read: it is cut short");
  }

  @Test
  void refusesSoundsWithoutTranscripts() {
    assertThatThrownBy(this::sounds)
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(folder + " has no metadata.csv or metadata.jsonl")
        .hasMessageContaining("file_name and transcription");
  }

  private Path picture(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, name.endsWith("JPG") ? "jpeg" : "png", file.toFile());
    return file;
  }

  private void metadata(String text) throws IOException {
    Files.writeString(folder.resolve("metadata.csv"), text);
  }

  private static Recipe.Data data(Path place, Map<String, String> columns) {
    return Fixtures.data(place, "auto", columns);
  }

  private LabelledFiles pictures(Map<String, String> columns) {
    return LabelledFiles.pictures(Fixtures.recipe(data(folder, columns), 2, 1), LoadProgress.NONE);
  }

  private LabelledFiles sounds() {
    return LabelledFiles.sounds(Fixtures.recipe(data(folder, Map.of()), 2, 1), LoadProgress.NONE);
  }
}
