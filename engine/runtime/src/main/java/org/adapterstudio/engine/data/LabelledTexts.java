package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * Texts with one label each, such as reviews with their sentiment. The text stands in {@code text}
 * or {@code sentence}, a second one in {@code text_pair} or {@code sentence2}, the label in {@code
 * label}; {@code data.columns} names other columns.
 *
 * @param columns of the file
 * @param rows usable, in file order
 * @param bad unusable, in file order
 */
public record LabelledTexts(List<String> columns, List<Row> rows, List<BadRow> bad) {
  /**
   * One text.
   *
   * @param pair second text; null where there is none
   * @param label as it stands in the file
   */
  public record Row(int line, String text, String pair, String label) {}

  private static final List<String> TEXT = List.of("text", "sentence", "sentence1");
  private static final List<String> PAIR = List.of("text_pair", "sentence2");
  private static final List<String> LABEL = List.of("label", "labels");

  /** Reads a file as the recipe's {@code data} section says; labels are needed. */
  public static LabelledTexts read(Path file, Recipe.Data data) {
    return read(file, data, true);
  }

  /** Reads texts whose labels, if any, do not matter. */
  public static LabelledTexts unlabelled(Path file, Recipe.Data data) {
    return read(file, data, false);
  }

  private static LabelledTexts read(Path file, Recipe.Data data, boolean labelled) {
    RowFile source = RowFile.read(file, data.columns());
    source.requireColumns(data.columns());
    source.firstOf(TEXT, data.columns());
    if (labelled) {
      source.firstOf(LABEL, data.columns());
    }
    var rows = new ArrayList<Row>();
    var bad = new ArrayList<>(source.bad());
    for (org.adapterstudio.engine.data.Row row : source.rows()) {
      var fields = new RowFormat.Fields(row, data.columns());
      try {
        String text = fields.text(field(fields, TEXT, data));
        String pair = fields.optional(field(fields, PAIR, data));
        String label = labelled ? label(fields, field(fields, LABEL, data)) : "";
        rows.add(new Row(row.line(), text, pair.isEmpty() ? null : pair, label));
      } catch (RowRefused refused) {
        bad.add(new BadRow(file.toString(), row.line(), refused.field(), refused.getMessage()));
      }
    }
    return new LabelledTexts(source.columns(), rows, bad);
  }

  /** The first of some fields that is mapped or there. */
  private static String field(RowFormat.Fields fields, List<String> names, Recipe.Data data) {
    for (String name : names) {
      if (data.columns().containsKey(name) || fields.get(name) != null) {
        return name;
      }
    }
    return names.getFirst();
  }

  /** A label as it stands in a row: text, a number, or true and false. */
  static String label(RowFormat.Fields fields, String field) {
    JsonNode value = fields.get(field);
    return value != null && value.isBoolean() ? value.asText() : fields.text(field).strip();
  }
}
