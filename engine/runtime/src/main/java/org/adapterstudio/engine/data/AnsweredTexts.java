package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.contract.serve.Request.Message;

/**
 * Texts with the text wanted for each: translations, summaries, answers. Every format of the data
 * section but plain text has both; of a conversation all before the last answer is the source.
 */
public final class AnsweredTexts {
  private AnsweredTexts() {}

  /** Reads a file; the label of each row is the text wanted. */
  public static LabelledTexts read(Path file, Recipe.Data data) {
    Examples examples = Examples.read(file, data);
    var rows = new ArrayList<LabelledTexts.Row>();
    var bad = new ArrayList<>(examples.bad());
    for (Example example : examples.rows()) {
      if (example.isChat()) {
        rows.add(row(example));
      } else {
        String reason = "has no text that is wanted for it, such as a completion";
        bad.add(new BadRow(file.toString(), example.line(), "text", reason));
      }
    }
    bad.sort(Comparator.comparingInt(BadRow::line));
    return new LabelledTexts(examples.columns(), rows, bad);
  }

  private static LabelledTexts.Row row(Example example) {
    int answer = example.lastAnswer();
    String source =
        example.turns().subList(0, answer).stream()
            .map(Message::content)
            .collect(Collectors.joining("\n\n"));
    return new LabelledTexts.Row(
        example.line(), source, null, example.turns().get(answer).content());
  }
}
