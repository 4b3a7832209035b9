package org.adapterstudio.app.runs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunTrash;

/**
 * What a person does to runs in the table: names, tags, notes, archive, trash. Nothing asks before
 * it is done; what takes a run out of sight can be undone.
 */
public final class RunActs {
  private final Services services;
  private final Runnable done;
  private final ReadOnlyObjectWrapper<Undo> undo = new ReadOnlyObjectWrapper<>();

  /** Acts after each of which something is to be read again. */
  RunActs(Services services, Runnable done) {
    this.services = services;
    this.done = done;
  }

  /**
   * The way back from the last act.
   *
   * @param sentence what was done
   * @param back undoes it
   */
  public record Undo(String sentence, Callable<?> back) {}

  /** The way back from the last act; null where there is none. */
  public ReadOnlyObjectProperty<Undo> undoProperty() {
    return undo.getReadOnlyProperty();
  }

  /** The tags that all of some runs have. */
  public static List<String> commonTags(List<RunLine> lines) {
    Set<String> common = new LinkedHashSet<>(lines.getFirst().row().about().tags());
    lines.forEach(line -> common.retainAll(line.row().about().tags()));
    return List.copyOf(common);
  }

  /** Gives runs the tags of a text instead of those that they had in common. */
  public void tag(List<RunLine> lines, String text) {
    List<String> before = commonTags(lines);
    List<String> after =
        Stream.of(text.split("[\\s,]+"))
            .map(tag -> tag.replaceFirst("^\\+", ""))
            .filter(tag -> !tag.isEmpty())
            .toList();
    var removed = new HashSet<>(before);
    after.forEach(removed::remove);
    var added = new LinkedHashSet<>(after);
    before.forEach(added::remove);
    change(lines, about -> about.tagged(added, removed));
  }

  /** Writes a note. */
  public void note(RunLine line, String text) {
    change(List.of(line), about -> about.noted(text));
  }

  /** Gives a run a name to show; an empty one brings the folder's back. */
  public void rename(RunLine line, String text) {
    String name = text.strip().equals(line.run().name()) ? "" : text;
    change(List.of(line), about -> about.named(name));
  }

  private void change(List<RunLine> lines, UnaryOperator<RunAbout> change) {
    work(
        () -> {
          for (RunLine line : lines) {
            RunAbout.change(line.run(), change);
          }
          return null;
        });
  }

  /** Leaves runs out of the table, or takes archived ones back into it. */
  public void archive(List<RunLine> lines, boolean away) {
    List<RunFolder> runs = runs(lines);
    work(
        () -> {
          setArchived(runs, away);
          String key = away ? "runs.archived." : "runs.unarchived.";
          return new Undo(sentence(key, lines), () -> setArchived(runs, !away));
        });
  }

  private static Void setArchived(List<RunFolder> runs, boolean away) {
    runs.forEach(run -> RunAbout.change(run, about -> about.archived(away)));
    return null;
  }

  /** Moves runs into the trash. */
  public void delete(List<RunLine> lines) {
    List<RunFolder> runs = runs(lines);
    work(
        () -> {
          var deleted = new ArrayList<RunTrash.Deleted>();
          try {
            runs.forEach(run -> deleted.add(RunTrash.delete(run)));
          } catch (RuntimeException e) {
            deleted.forEach(RunTrash.Deleted::restore); // all of them or none
            throw e;
          }
          return new Undo(sentence("runs.deleted.", lines), () -> restore(deleted));
        });
  }

  private static Void restore(List<RunTrash.Deleted> deleted) {
    deleted.forEach(RunTrash.Deleted::restore);
    return null;
  }

  /** Goes the way back, once. */
  public void undo() {
    Undo last = undo.get();
    if (last != null) {
      undo.set(null);
      work(
          () -> {
            last.back().call();
            return null;
          });
    }
  }

  /** Closes the way back; what was done stays done. */
  public void forget(Undo past) {
    if (undo.get() == past) {
      undo.set(null);
    }
  }

  private void work(Callable<Undo> act) {
    services
        .background()
        .execute(
            () -> {
              try {
                Undo back = act.call();
                services.uiThread().execute(() -> ended(back));
              } catch (Exception e) { // becomes a card
                Failure failure = Failure.of(e);
                services.uiThread().execute(() -> services.dialogs().show(failure));
              }
            });
  }

  private void ended(Undo back) {
    if (back != null) {
      undo.set(back);
    }
    done.run();
  }

  private static List<RunFolder> runs(List<RunLine> lines) {
    return lines.stream().map(RunLine::run).toList();
  }

  private static String sentence(String key, List<RunLine> lines) {
    return lines.size() == 1
        ? Messages.text(key + "one", lines.getFirst().row().name())
        : Messages.text(key + "many", lines.size());
  }
}
