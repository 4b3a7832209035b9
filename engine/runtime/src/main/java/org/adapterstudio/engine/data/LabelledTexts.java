package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * A file of texts or pairs of texts, each with its class, before encoding.
 *
 * @param file they stand in
 * @param rows usable, in file order
 * @param bad unusable, in file order
 */
record LabelledTexts(Path file, List<Row> rows, List<BadRow> bad) {
  private static final List<String> TEXT = List.of("text", "sentence", "sentence1");
  private static final List<String> PAIR = List.of("text_pair", "sentence2");
  private static final List<String> LABEL = List.of("label", "class");

  /**
   * One text and its class.
   *
   * @param pair the second text; null where there is one
   */
  record Row(int line, String text, String pair, String label) {}

  static LabelledTexts read(Path file, Recipe.Data data) {
    Map<String, String> mapped = data.columns();
    RowFile source = RowFile.read(file, mapped);
    source.requireColumns(mapped);
    String text = source.firstOf(TEXT, mapped);
    String label = source.firstOf(LABEL, mapped);
    String pair =
        PAIR.stream()
            .filter(field -> mapped.containsKey(field) || source.columns().contains(field))
            .findFirst()
            .orElse(null);
    var rows = new ArrayList<Row>();
    var bad = new ArrayList<>(source.bad());
    for (var row : source.rows()) {
      var fields = new RowFormat.Fields(row, mapped);
      try {
        String second = pair == null ? null : fields.text(pair);
        rows.add(new Row(row.line(), fields.text(text), second, Labels.read(fields, label)));
      } catch (RowRefused refused) {
        bad.add(new BadRow(file.toString(), row.line(), refused.field(), refused.getMessage()));
      }
    }
    bad.sort(Comparator.comparingInt(BadRow::line));
    return new LabelledTexts(file, rows, bad);
  }
}
