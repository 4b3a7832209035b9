package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextDatasetTest {
  private static Tokenizer tokenizer;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizer.load(Path.of("src/test/resources/tokenizers/wordpiece"));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void readsTextAndLabelAndPadsOnTheRight() {
    Path file =
        Fixtures.write(folder, "rows.csv", "text,label\na film of wit,good\nit is dull,bad\n");
    LabelledTextDataset dataset = load(file, Map.of(), null);
    assertThat(dataset.labels().names()).containsExactly("bad", "good");
    LabelledBatch batch = dataset.batches().microBatch(0);
    int first = batch.lines()[0] == 2 ? 0 : 1;
    assertThat(batch.labels()[first]).isEqualTo(1);
    assertThat(batch.labels()[1 - first]).isZero();
    int[] ids = tokenizer.encode("a film of wit", true);
    for (int i = 0; i < batch.length(); i++) {
      int at = first * batch.length() + i;
      assertThat(batch.attentionMask()[at]).isEqualTo(i < ids.length ? 1 : 0);
      assertThat(batch.inputIds()[at])
          .isEqualTo(i < ids.length ? ids[i] : tokenizer.specials().padId());
    }
  }

  @Test
  void readsPairsWithTheirTokenTypes() {
    Path file =
        Fixtures.write(
            folder,
            "rows.jsonl",
            """
            {"sentence1": "a film", "sentence2": "the jokes", "label": 1}
            {"sentence1": "it works", "sentence2": "it is not", "label": 0}
            """);
    LabelledBatch batch = load(file, Map.of(), null).batches().microBatch(0);
    assertThat(batch.tokenTypeIds()).contains(0, 1);
    assertThat(batch.tokenTypeIds()[0]).isZero();
  }

  @Test
  void namesClassesByValueOrAlphabetAndByTheModelWhereItHasThem() {
    String rows = "text\tlabel\na film\t10\nthe plot\t9\nit works\t2\n";
    Path file = Fixtures.write(folder, "rows.tsv", rows);
    assertThat(load(file, Map.of(), null).labels().names()).containsExactly("2", "9", "10");
    Labels known = Labels.known(List.of("9", "10", "2", "7"));
    assertThat(load(file, Map.of(), known).labels()).isEqualTo(known);
    assertThatThrownBy(() -> load(file, Map.of(), Labels.known(List.of("9", "10"))))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(
            file + ", line 4: label is \"2\", which is none of the classes 9, 10");
  }

  @Test
  void refusesOneClassAloneAndMissingColumns() {
    Path one = Fixtures.write(folder, "one.csv", "text,label\na film,yes\nthe plot,yes\n");
    assertThatThrownBy(() -> load(one, Map.of(), null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(one + " has only one class, yes");
    Path odd = Fixtures.write(folder, "odd.tsv", "a film\t1\nthe plot\t0\n");
    assertThatThrownBy(() -> load(odd, Map.of(), null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("none of which is called text or sentence")
        .hasMessageContaining("by number where the file has no header: {\"text\": \"1\"}");
  }

  @Test
  void namesRowsThatCannotBeUsed() {
    String rows = "text,label\na film,1\n,0\nthe plot,\nit works,0\n";
    Path file = Fixtures.write(folder, "rows.csv", rows);
    assertThatThrownBy(() -> load(file, Map.of(), null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("2 rows cannot be used")
        .hasMessageContaining(file + ", line 3: text is empty")
        .hasMessageContaining(file + ", line 4: label is empty");
  }

  @Test
  void filesWithoutAHeaderAreReadByTheNumbersOfTheirColumns() {
    Path sst2 = Golden.real().resolve("sst2_train.tsv");
    LabelledTextDataset dataset = load(sst2, Map.of("sentence", "1", "label", "2"), null);
    assertThat(dataset.labels().names()).containsExactly("0", "1");
    assertThat(dataset.batches().trainRows()).isEqualTo(6920);
    assertThat(dataset.batches().microBatchesPerEpoch()).isEqualTo(1730);
    assertThat(dataset.skipped()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstCellWithoutAHeader() {
    Path file = Fixtures.write(folder, "rows.csv", "\uFEFF1,a film\n0,\"it, works\"\n");
    LabelledTextDataset dataset = load(file, Map.of("label", "1", "text", "2"), null);
    assertThat(dataset.labels().names()).containsExactly("0", "1");
    assertThat(dataset.batches().trainRows()).isEqualTo(2);
  }

  @Test
  void heldOutRowsComeInFileOrder() {
    Path sst2 = Golden.real().resolve("sst2_dev.tsv");
    Recipe.Data data =
        new Recipe.Data(
            Golden.real().resolve("sst2_train.tsv").toString(),
            sst2.toString(),
            null,
            null,
            Map.of("text", "1", "label", "2"),
            null,
            32,
            null,
            null);
    var dataset =
        LabelledTextDataset.load(Fixtures.recipe(data, 4, 1), tokenizer, null, LoadProgress.NONE);
    List<Integer> lines = new ArrayList<>();
    for (LabelledBatch batch : dataset.batches().evalBatches(50)) {
      assertThat(batch.length()).isLessThanOrEqualTo(32);
      for (int line : batch.lines()) {
        lines.add(line);
      }
    }
    assertThat(lines).hasSize(872).isSorted();
    assertThat(dataset.cutRows()).isPositive();
  }

  private LabelledTextDataset load(Path file, Map<String, String> columns, Labels known) {
    Recipe recipe = Fixtures.recipe(Fixtures.data(file, "auto", columns), 4, 1);
    return LabelledTextDataset.load(recipe, tokenizer, known, LoadProgress.NONE);
  }
}
