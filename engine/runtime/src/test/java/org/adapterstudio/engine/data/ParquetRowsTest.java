package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by pyarrow (make_parquet.py); the rows beside them are those pyarrow reads. */
class ParquetRowsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parquet");
  private static final int CHANGES = Integer.getInteger("studio.fuzz.parquet", 150);

  /** Numbers are the same where their values are, whatever Java type holds them. */
  private static final Comparator<JsonNode> VALUES =
      (a, b) ->
          a.isNumber() && b.isNumber()
              ? a.decimalValue().compareTo(b.decimalValue())
              : a.equals(b) ? 0 : 1;

  @TempDir Path folder;

  private static RowFile read(Path file) {
    return RowFile.read(file, Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chats_snappy",
        "chats_zstd",
        "types_none",
        "types_gzip",
        "pairs_plain_groups",
        "pairs_dictionary",
        "pairs_delta",
        "no_rows"
      })
  void rowsAreThoseThatPyarrowReads(String name) throws Exception {
    RowFile file = read(FIXTURES.resolve(name + ".parquet"));
    List<String> wanted = Files.readAllLines(FIXTURES.resolve(name + ".json"));
    wanted.removeIf(String::isBlank);
    assertThat(file.bad()).isEmpty();
    assertThat(file.rows()).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode row = Json.parse(wanted.get(i), name);
      assertThat(file.rows().get(i).line()).isEqualTo(i + 1);
      assertThat(row.equals(VALUES, file.rows().get(i).fields()))
          .as(row + " against " + file.rows().get(i).fields())
          .isTrue();
    }
  }

  @Test
  void chatsBecomeExamplesAsFromJsonLines() {
    Path file = FIXTURES.resolve("chats_zstd.parquet");
    Examples examples = Examples.read(file, Fixtures.data(file, "auto", Map.of()));
    assertThat(examples.format()).isEqualTo("messages");
    assertThat(examples.rows()).extracting(Example::line).containsExactly(1, 2);
    assertThat(examples.rows().get(1).turns().getLast().content()).isEqualTo("2");
    assertThat(examples.bad()).extracting(bad -> bad.line()).containsExactly(3, 4, 5);
  }

  @Test
  void aCompressionThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(FIXTURES.resolve("pairs_brotli.parquet")))
        .isInstanceOf(StudioException.class)
        .hasMessageContainingAll("pairs_brotli.parquet", "BROTLI", "snappy, zstd, gzip");
  }

  @Test
  void anotherKindOfFileIsNamed() throws Exception {
    Path file = folder.resolve("rows.parquet");
    Files.writeString(file, "{\"text\": \"not Parquet\"}\n");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StudioException.class)
        .hasMessageContainingAll("rows.parquet", "begin and end with PAR1");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> read(file)).isInstanceOf(StudioException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chats_snappy", "chats_zstd", "types_gzip", "pairs_dictionary"})
  @Timeout(400)
  void spoiledFilesAreASentenceOrRows(String name) throws Exception {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name + ".parquet"));
    Path file = folder.resolve("spoiled.parquet");
    long seed = Long.getLong("studio.fuzz.seed", 1);
    Random random = new Random(seed);
    for (int i = 0; i < CHANGES; i++) {
      survives(file, spoiled(whole, random), name + ", seed " + seed + ", change " + i);
    }
  }

  /** Some bytes changed, or a piece left out with both marks kept. */
  private static byte[] spoiled(byte[] whole, Random random) {
    byte[] spoiled = whole.clone();
    if (random.nextInt(8) == 0) {
      int length = 12 + random.nextInt(whole.length - 12);
      byte[] cut = Arrays.copyOf(whole, length);
      System.arraycopy(whole, whole.length - 8, cut, length - 8, 8);
      return cut;
    }
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      spoiled[4 + random.nextInt(spoiled.length - 8)] = (byte) random.nextInt();
    }
    return spoiled;
  }

  private static void survives(Path file, byte[] content, String what) throws IOException {
    Files.write(file, content);
    try {
      assertThat(read(file)).as(what).isNotNull();
    } catch (StudioException refused) {
      assertThat(refused.failure().sentence()).as(what).contains(file.toString());
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }
}
