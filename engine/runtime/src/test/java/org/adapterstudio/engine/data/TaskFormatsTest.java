package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskNeeds;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFormatsTest {
  @TempDir Path folder;

  @Test
  void theCardOfTextContinuationNamesTheFormatsThatRowsAreReadIn() {
    Map<String, List<TaskNeeds.Field>> formats = formats("causal_lm");
    assertThat(formats.keySet())
        .containsExactlyElementsOf(Arrays.stream(RowFormat.values()).map(RowFormat::key).toList());
    for (RowFormat format : RowFormat.values()) {
      assertThat(formats.get(format.key()))
          .filteredOn(field -> !field.optional())
          .extracting(TaskNeeds.Field::name)
          .containsExactlyElementsOf(format.needed());
    }
  }

  @Test
  void everyColumnThatTheCardOfClassificationKnowsIsRead() {
    for (TaskNeeds.Field field : formats("sequence_classification").get("classification")) {
      for (String column : field.also()) {
        var names = new java.util.TreeMap<>(Map.of("text", "A", "text_pair", "B", "label", "C"));
        String value = names.remove(field.name());
        names.put(column, value);
        LabelledTexts.Row row = read(names);
        assertThat(List.of(row.text(), row.pair(), row.label()))
            .as(column)
            .containsExactly("A", "B", "C");
      }
    }
  }

  private LabelledTexts.Row read(Map<String, String> row) {
    Path file =
        Fixtures.write(folder, "rows.jsonl", org.adapterstudio.contract.json.Json.line(row) + "\n");
    return LabelledTexts.read(file, Recipe.Data.of(file.toString())).rows().getFirst();
  }

  private static Map<String, List<TaskNeeds.Field>> formats(String task) {
    return MethodCatalogue.card("task", task).task().formats();
  }
}
