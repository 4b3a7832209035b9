package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * A data file as examples, with the rows that could not become one.
 *
 * @param format detected or given: instruction, messages, conversations, prompt_completion,
 *     question_answer, text
 * @param columns of the file, in order of first appearance
 * @param rows usable, in file order
 * @param bad unusable, in file order
 */
public record Examples(String format, List<String> columns, List<Example> rows, List<BadRow> bad) {
  public Examples {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    bad = List.copyOf(bad);
  }

  /** Reads a file as the recipe's {@code data} section says. */
  public static Examples read(Path file, Recipe.Data data) {
    RowFile source = RowFile.read(file, data.columns());
    RowFormat format = format(source, data);
    List<Example> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>(source.bad());
    for (Row row : source.rows()) {
      try {
        rows.add(format.read(row, data.columns()));
      } catch (RowRefused refused) {
        bad.add(new BadRow(file.toString(), row.line(), refused.field(), refused.getMessage()));
      }
    }
    bad.sort(Comparator.comparingInt(BadRow::line));
    return new Examples(format.key(), source.columns(), rows, bad);
  }

  private static RowFormat format(RowFile source, Recipe.Data data) {
    source.requireColumns(data.columns());
    if (!data.format().equals("auto")) {
      return RowFormat.of(data.format());
    }
    if (source.rows().isEmpty()) {
      return source.bad().isEmpty() ? RowFormat.TEXT : RowFormat.MESSAGES;
    }
    Set<String> fields = new LinkedHashSet<>(source.columns());
    fields.addAll(data.columns().keySet());
    return RowFormat.detect(fields)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    source.file()
                        + " has the columns "
                        + String.join(", ", source.columns())
                        + ", which fit no known format.",
                    "Map them in data.columns, for example {\"question\": \""
                        + source.columns().getFirst()
                        + "\", \"answer\": \""
                        + source.columns().getLast()
                        + "\"}."));
  }
}
