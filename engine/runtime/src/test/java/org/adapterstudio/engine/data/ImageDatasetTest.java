package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.image.ImagePreparation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetTest {
  @TempDir Path folder;
  private Path data;
  private ImagePreparation preparation;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        model.resolve("preprocessor_config.json"),
        "{\"size\": {\"height\": 6, \"width\": 6}, \"resample\": 2}");
    preparation = ImagePreparation.read(model);
  }

  @Test
  void aFolderOfClassFoldersGivesSortedClassesAndDecodedBatches() throws IOException {
    picture("zebra/1.png", 10);
    picture("zebra/2.JPG", 20);
    picture("ant/1.png", 200);
    picture("ant/.hidden.png", 1);
    Files.writeString(data.resolve("ant/notes.txt"), "not a picture");
    ImageDataset dataset = load(data, Map.of(), false, null);
    assertThat(dataset.labels().names()).containsExactly("ant", "zebra");
    assertThat(dataset.batches().trainRows()).isEqualTo(3);
    Set<Path> seen = new HashSet<>();
    for (int i = 0; i < dataset.batches().microBatchesPerEpoch(); i++) {
      ImageBatch batch = dataset.batches().microBatch(i);
      assertThat(batch.pixelValues()).hasSize(batch.rows() * 3 * 6 * 6);
      for (int row = 0; row < batch.rows(); row++) {
        Path file = batch.files().get(row);
        seen.add(file);
        assertThat(batch.labels()[row]).isEqualTo(file.getParent().endsWith("ant") ? 0 : 1);
        assertThat(Arrays.copyOfRange(batch.pixelValues(), row * 108, row * 108 + 108))
            .isEqualTo(preparation.prepare(file).values());
      }
    }
    assertThat(seen).hasSize(3);
  }

  @Test
  void metadataNamesFilesAndClasses() throws IOException {
    picture("a.png", 1);
    picture("deep/b.png", 2);
    Files.writeString(
        data.resolve("metadata.jsonl"),
        """
        {"file_name": "deep/b.png", "kind": "yes"}
        {"file_name": "a.png", "kind": "no"}
        """);
    ImageDataset dataset = load(data, Map.of("label", "kind"), false, null);
    assertThat(dataset.labels().names()).containsExactly("no", "yes");
    assertThat(dataset.batches().trainRows()).isEqualTo(2);
  }

  @Test
  void namesEveryFileThatCannotBeUsedBeforeTheStart() throws IOException {
    picture("ant/1.png", 1);
    picture("bee/1.png", 2);
    Path torn = picture("bee/2.png", 3);
    Files.write(torn, Arrays.copyOf(Files.readAllBytes(torn), 50));
    Path other = Files.writeString(data.resolve("ant/3.webp"), "RIFF....WEBP");
    assertThatThrownBy(() -> load(data, Map.of(), false, null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("2 rows cannot be used")
        .hasMessageContaining(torn + " is not a picture that can be read: it is cut short")
        .hasMessageContaining(other + " is not a picture that can be read: it is neither PNG");
    ImageDataset without = load(data, Map.of(), true, null);
    assertThat(without.batches().trainRows()).isEqualTo(2);
    assertThat(without.skipped()).hasSize(2);
  }

  @Test
  void refusesFoldersThatAreNotLabelled() throws IOException {
    assertRefused(data, " has neither a folder for each class nor a metadata.csv");
    picture("train/ant/1.png", 1);
    assertRefused(data, "train holds no picture, only folders");
    Path train = data.resolve("train");
    assertRefused(train, train + " has only one class, ant");
    Files.createDirectory(train.resolve("bee"));
    assertRefused(train, "The class folder " + train.resolve("bee") + " holds no picture.");
    assertRefused(data.resolve("missing"), "missing does not exist. Check data.train");
  }

  @Test
  void refusesMetadataThatLeadsAstray() throws IOException {
    picture("a.png", 1);
    Files.writeString(
        data.resolve("metadata.csv"),
        "file_name,label\na.png,1\n../secret.png,0\nmissing.png,0\n,1\n");
    assertThatThrownBy(() -> load(data, Map.of(), false, null))
        .hasMessageContaining("line 3: file_name names a file outside the folder: ../secret.png")
        .hasMessageContaining("line 4: file_name names a file that is not there: missing.png")
        .hasMessageContaining("line 5: file_name is empty");
    Files.writeString(data.resolve("metadata.csv"), "file,label\na.png,1\n");
    assertThatThrownBy(() -> load(data, Map.of(), false, null))
        .hasMessageContaining("none of which is called file_name");
  }

  @Test
  void refusesAClassThatTheModelDoesNotHave() throws IOException {
    picture("ant/1.png", 1);
    Path bee = picture("bee/1.png", 2);
    assertThatThrownBy(() -> load(data, Map.of(), false, Labels.known(List.of("ant", "cat"))))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(
            bee + " has a class that is \"bee\", which is none of the classes ant, cat");
  }

  @Test
  void readsTheFashionPictures() throws IOException {
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
    var dataset =
        ImageDataset.load(Fixtures.recipe(both, 8, 1), preparation, null, LoadProgress.NONE);
    assertThat(dataset.labels().names())
        .hasSize(10)
        .startsWith("bag", "boot")
        .endsWith("trouser", "tshirt");
    assertThat(dataset.batches().trainRows()).isEqualTo(720);
    assertThat(dataset.batches().evalRows()).isEqualTo(180);
    int rows = 0;
    for (ImageBatch batch : dataset.batches().evalBatches(50)) {
      rows += batch.rows();
    }
    assertThat(rows).isEqualTo(180);
  }

  @Test
  void holdsOutAShareWhereThereIsNoHeldOutPlace() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("ant/" + i + ".png", i);
      picture("bee/" + i + ".png", 100 + i);
    }
    Recipe.Data share =
        new Recipe.Data(data.toString(), null, 0.1, null, null, null, null, null, null);
    var dataset =
        ImageDataset.load(Fixtures.recipe(share, 8, 1), preparation, null, LoadProgress.NONE);
    assertThat(dataset.batches().evalRows()).isEqualTo(4);
    assertThat(dataset.batches().trainRows()).isEqualTo(36);
  }

  private Path picture(String name, int colour) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, colour * 0x010203);
    ImageIO.write(image, name.endsWith("JPG") ? "jpeg" : "png", file.toFile());
    return file;
  }

  private void assertRefused(Path place, String words) {
    assertThatThrownBy(() -> load(place, Map.of(), false, null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(words);
  }

  private ImageDataset load(
      Path place, Map<String, String> columns, boolean skipBad, Labels known) {
    var section =
        new Recipe.Data(place.toString(), null, 0.0, null, columns, null, null, null, skipBad);
    return ImageDataset.load(Fixtures.recipe(section, 2, 1), preparation, known, LoadProgress.NONE);
  }
}
