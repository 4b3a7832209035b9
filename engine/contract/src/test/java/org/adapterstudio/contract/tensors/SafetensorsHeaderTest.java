package org.adapterstudio.contract.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
  private static final String SOUND =
      """
      {"__metadata__": {"format": "pt"},
       "b": {"dtype": "F32", "shape": [2, 2], "data_offsets": [4, 20]},
       "a": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}\
      """;

  @TempDir Path folder;

  @Test
  void readsNamesShapesAndPlacesInFileOrder() throws IOException {
    SafetensorsHeader header = SafetensorsHeader.read(file(SOUND, 20));
    assertThat(header.tensors())
        .extracting(SafetensorsHeader.Tensor::name)
        .containsExactly("a", "b");
    assertThat(header.find("b").orElseThrow().shape()).containsExactly(2L, 2L);
    assertThat(header.metadata()).containsEntry("format", "pt");
    assertThat(header.dataStart()).isEqualTo(8 + SOUND.getBytes(StandardCharsets.UTF_8).length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}} | 8 | lies at 0 to 80",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | lies at 8 to 0",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | cannot have 8"
            + " bytes",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | dimension -2",
        "{\"t\":{\"dtype\":\"Q7\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | unknown dtype",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}} | 8 | no two data_offsets",
        "{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | 8 | has no shape",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 12 | end at byte 8 of"
            + " 12",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | leaves a gap",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905,4],\"data_offsets\":[0,8]}} | 8 |"
            + " cannot have 8 bytes",
        "[1,2] | 0 | not a JSON object",
        "{\"t\": | 0 | not valid JSON"
      })
  void refusesANumberThatDoesNotFitAndNamesIt(String json, int bytes, String reason)
      throws IOException {
    Path file = file(json, bytes);
    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason.strip());
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    String twice =
        """
        {"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},
         "t":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}\
        """;
    Path file = file(twice, 2);
    assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining("not valid JSON");
  }

  @Test
  void refusesATruncatedHeader() throws IOException {
    Path file = folder.resolve("short.safetensors");
    Files.write(file, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(900).array());
    assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining("claims 900 bytes");
  }

  @Test
  void refusesAHeaderLengthBeyondTheFormatsLimit() throws IOException {
    Path file = folder.resolve("huge.safetensors");
    Files.write(file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array());
    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> SafetensorsHeader.read(folder.resolve("none.safetensors")))
        .hasMessageContaining("does not exist");
  }

  @Property(tries = 300)
  void anyBytesAreReadOrRefusedNeverWorse(@ForAll @Size(max = 200) byte[] bytes)
      throws IOException {
    readOrRefuse(bytes);
  }

  @Property(tries = 300)
  void anyOneFlippedByteOfASoundFileIsReadOrRefused(
      @ForAll @IntRange(max = 199) int place, @ForAll byte value) throws IOException {
    byte[] bytes = bytes(SOUND, 20);
    bytes[place % bytes.length] = value;
    readOrRefuse(bytes);
  }

  private static void readOrRefuse(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".safetensors");
    try {
      Files.write(file, bytes);
      SafetensorsHeader header = SafetensorsHeader.read(file);
      long end =
          header.dataStart() + header.tensors().stream().mapToLong(t -> t.end()).max().orElse(0);
      assertThat(end).isLessThanOrEqualTo(bytes.length);
    } catch (StudioException e) {
      assertThat(e.failure().sentence()).contains("is not a sound safetensors file");
    } finally {
      Files.delete(file);
    }
  }

  private Path file(String json, int data) throws IOException {
    Path file = Files.createTempFile(folder, "made", ".safetensors");
    Files.write(file, bytes(json, data));
    return file;
  }

  private static byte[] bytes(String json, int data) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
