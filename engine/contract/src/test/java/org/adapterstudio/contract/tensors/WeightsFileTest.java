package org.adapterstudio.contract.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  private static final Path SAVED = Path.of("src/test/resources/pytorch");

  @TempDir Path folder;

  @Test
  void safetensorsWinOverPickledWeights() throws IOException {
    assertThatThrownBy(() -> WeightsFile.ofModel(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has neither model.safetensors nor pytorch_model.bin, nor an index");
    Path pickled = Files.createFile(folder.resolve("pytorch_model.bin"));
    assertThat(WeightsFile.ofModel(folder)).containsExactly(pickled);
    assertThat(WeightsFile.all(folder)).containsExactly(pickled);
    Path safe = Files.createFile(folder.resolve("model.safetensors"));
    assertThat(WeightsFile.ofModel(folder)).containsExactly(safe);
    assertThat(WeightsFile.all(folder)).containsExactly(safe);
  }

  @Test
  void anIndexNamesShardsOfItsOwnFolderOnly() throws IOException {
    index("{\"weight_map\": {\"a\": \"one.bin\", \"b\": \"two.bin\", \"c\": \"one.bin\"}}");
    assertThat(WeightsFile.ofModel(folder))
        .containsExactly(folder.resolve("one.bin"), folder.resolve("two.bin"));
    for (String name :
        new String[] {"../x.bin", "/x.bin", "..", "", "a\\u0000b", "c:x", "\\ud800"}) {
      index("{\"weight_map\": {\"a\": \"" + name + "\"}}");
      assertThatThrownBy(() -> WeightsFile.ofModel(folder))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("names a shard outside its folder");
    }
    index("{\"weight_map\": []}");
    assertThatThrownBy(() -> WeightsFile.ofModel(folder))
        .hasMessageContaining("names no file of weights");
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve("pytorch_model.bin.index.json"), json);
  }

  @Test
  void headersComeFromEitherFormat() {
    assertThat(WeightsFile.header(SAVED.resolve("traced.pt")).find("linear.bias")).isPresent();
    assertThat(WeightsFile.header(SAVED.resolve("expected.safetensors")).find("a.row")).isPresent();
  }

  @Test
  void aFileIsNoModelFolder() {
    assertThatThrownBy(() -> WeightsFile.requireFolder(SAVED.resolve("script.pt")))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("is a PyTorch file, which may hold a program; none is run here.")
        .hasMessageContaining("`studio tensors ");
    WeightsFile.requireFolder(SAVED);
  }
}
