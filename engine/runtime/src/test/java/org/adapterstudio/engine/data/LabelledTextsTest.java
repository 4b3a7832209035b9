package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextsTest {
  @TempDir Path folder;

  @Test
  void readsTextsAndPairsWithLabelsOfAnyKind() {
    assertThat(read("a.csv", "text,label\na film of wit,good\n", Map.of()).rows())
        .containsExactly(new LabelledTexts.Row(2, "a film of wit", null, "good"));
    String rows = "{\"sentence1\": \"a film\", \"sentence2\": \"the jokes\", \"label\": true}\n";
    assertThat(read("b.jsonl", rows, Map.of()).rows())
        .containsExactly(new LabelledTexts.Row(1, "a film", "the jokes", "true"));
    assertThat(read("c.tsv", "kind\tsentence\n1\ta film\n", Map.of("label", "kind")).rows())
        .containsExactly(new LabelledTexts.Row(2, "a film", null, "1"));
  }

  @Test
  void filesWithoutAHeaderAreReadByTheNumbersOfTheirColumns() {
    Path sst2 = Golden.real().resolve("sst2_train.tsv");
    var columns = Map.of("sentence", "1", "label", "2");
    LabelledTexts texts = LabelledTexts.read(sst2, Fixtures.data(sst2, "auto", columns));
    assertThat(texts.rows()).hasSize(6920);
    assertThat(texts.rows().stream().map(LabelledTexts.Row::label).distinct())
        .containsExactlyInAnyOrder("0", "1");
    assertThat(texts.bad()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstCellWithoutAHeader() {
    String rows = "\uFEFF1,a film\n0,\"it, works\"\n2,a,b\n";
    LabelledTexts texts = read("a.csv", rows, Map.of("label", "1", "text", "2"));
    assertThat(texts.rows())
        .containsExactly(
            new LabelledTexts.Row(1, "a film", null, "1"),
            new LabelledTexts.Row(2, "it, works", null, "0"));
    assertThat(BadRows.sentence(texts.bad())).contains("line 3: has 3 fields, the first row has 2");
  }

  @Test
  void saysHowToNameColumnsThatAreNotFound() {
    assertThatThrownBy(() -> read("a.tsv", "a film\t1\nthe plot\t0\n", Map.of()))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has the columns a film, 1, none of which is called text or sentence")
        .hasMessageContaining("by number where the file has no header: {\"text\": \"1\"}");
    assertThatThrownBy(() -> read("a.csv", "text,label\na,1\n", Map.of("label", "class")))
        .hasMessageContaining("data.columns maps label to \"class\", which is no column of");
  }

  @Test
  void namesRowsThatCannotBeUsed() {
    LabelledTexts texts = read("a.csv", "text,label\na film,1\n,0\nthe plot,\n", Map.of());
    assertThat(BadRows.sentence(texts.bad()))
        .contains("2 rows cannot be used")
        .contains("line 3: text is empty")
        .contains("line 4: label is empty");
  }

  private LabelledTexts read(String name, String content, Map<String, String> columns) {
    Path file = Fixtures.write(folder, name, content);
    return LabelledTexts.read(file, Fixtures.data(file, "auto", columns));
  }
}
