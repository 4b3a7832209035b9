package org.adapterstudio.app.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterstudio.contract.StudioException;

/**
 * What a person asks of runs: words that a run's name, method, state, base or tags must hold, and
 * fields with a value, {@code state:finished tag:night lr>1e-4 -method:dora "two words"}. Every
 * term must hold; a minus before it means it must not; a comma in a value means or. The same in the
 * window and for {@code studio runs --filter}.
 */
public final class RunFilter implements Predicate<RunRow> {
  /** Finds every run that is not archived. */
  public static final RunFilter ALL = new RunFilter(List.of(), false);

  private static final Pattern TOKEN = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\"?)+");
  private static final Pattern TERM =
      Pattern.compile("([A-Za-z][A-Za-z_.]*)(!=|>=|<=|[:=<>])(.*)", Pattern.DOTALL);

  private final List<Predicate<RunRow>> terms;
  private final boolean archivedAsked;

  private RunFilter(List<Predicate<RunRow>> terms, boolean archivedAsked) {
    this.terms = List.copyOf(terms);
    this.archivedAsked = archivedAsked;
  }

  /** Reads a question; a field that does not exist and a value that is no number are bad input. */
  public static RunFilter parse(String text) {
    var terms = new ArrayList<Predicate<RunRow>>();
    boolean archived = false;
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      boolean not = tokens.group().startsWith("-") && tokens.group().length() > 1;
      String token = tokens.group().substring(not ? 1 : 0);
      Matcher term = TERM.matcher(token);
      boolean field = term.matches();
      String value = (field ? term.group(3) : token).replace("\"", "");
      if (value.isBlank()) {
        continue; // still being typed
      }
      Predicate<RunRow> asked =
          field ? RunField.named(term.group(1)).asked(term.group(2), value) : words(value);
      archived |= field && term.group(1).equalsIgnoreCase("archived");
      terms.add(not ? asked.negate() : asked);
    }
    return new RunFilter(terms, archived);
  }

  /** The same, archived runs among what it finds. */
  public RunFilter withArchived() {
    return new RunFilter(terms, true);
  }

  private static Predicate<RunRow> words(String word) {
    if (word.contains("=") || word.contains(">") || word.contains("<")) {
      throw StudioException.badInput(
          "\"" + word + "\" compares nothing.", "Write a field before it, as in lr>1e-4.");
    }
    return row -> RunField.ANYWHERE.stream().anyMatch(field -> field.holds(row, word));
  }

  @Override
  public boolean test(RunRow row) {
    return (archivedAsked || !row.about().archived())
        && terms.stream().allMatch(term -> term.test(row));
  }
}
