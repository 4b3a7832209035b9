package org.adapterstudio.engine.data;

import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/** What is said of rows that cannot be used. */
public final class BadRows {
  /** Bad rows that a refusal lists. */
  private static final int LISTED = 10;

  private BadRows() {}

  /** Refuses to go on with bad rows unless the recipe says so, and with no rows at all. */
  public static void requireUsable(List<BadRow> bad, boolean empty, Recipe.Data data) {
    if (!bad.isEmpty() && !data.skipBadRows()) {
      throw StudioException.badInput(
          sentence(bad),
          "Correct these rows, or set data.skip_bad_rows=true to start without them.");
    }
    if (empty) {
      throw StudioException.badInput(
          data.train() + " has no usable row.", "Check the file and data.format.");
    }
  }

  /** How many rows are bad, and the first ten of them. */
  public static String sentence(List<BadRow> bad) {
    StringBuilder text = new StringBuilder();
    text.append(bad.size()).append(bad.size() == 1 ? " row cannot" : " rows cannot");
    text.append(" be used:");
    for (BadRow row : bad.subList(0, Math.min(LISTED, bad.size()))) {
      text.append("\n  ").append(row.file());
      text.append(row.line() > 0 ? ", line " + row.line() + ": " : " ");
      text.append(row.field().isEmpty() ? "" : row.field() + " ").append(row.reason());
    }
    int more = bad.size() - LISTED;
    return more > 0 ? text + "\n  and " + more + " more." : text.toString();
  }
}
