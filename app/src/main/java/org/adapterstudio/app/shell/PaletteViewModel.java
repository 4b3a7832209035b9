package org.adapterstudio.app.shell;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The command palette: everything that can be gone to or done, found by a few letters. */
public final class PaletteViewModel {
  private static final int MOST = 50;

  private final Supplier<List<Entry>> source;
  private final Consumer<Entry> ran;
  private final BooleanProperty open = new SimpleBooleanProperty();
  private final StringProperty query = new SimpleStringProperty("");
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final ObservableList<Entry> found = FXCollections.observableArrayList();
  private List<Entry> all = List.of();

  /**
   * One thing to go to or do.
   *
   * @param id stays the same between starts
   * @param kind message key of its kind
   * @param icon literal of its icon
   * @param title what is matched and shown
   * @param detail shown beside it, e.g. a shortcut or a folder
   */
  public record Entry(
      String id, String kind, String icon, String title, String detail, Runnable act) {}

  /**
   * A palette that asks its source anew each time it opens.
   *
   * @param ran hears what was run
   */
  public PaletteViewModel(Supplier<List<Entry>> source, Consumer<Entry> ran) {
    this.source = source;
    this.ran = ran;
    query.subscribe(_ -> find());
    open.subscribe(this::opened);
  }

  /** Whether it is on screen. */
  public BooleanProperty open() {
    return open;
  }

  /** What was typed. */
  public StringProperty query() {
    return query;
  }

  /** Index of the entry that Enter runs. */
  public IntegerProperty selected() {
    return selected;
  }

  /** What matches, best first. */
  public ObservableList<Entry> found() {
    return found;
  }

  /** Moves the selection, round the ends. */
  public void move(int by) {
    if (!found.isEmpty()) {
      selected.set(Math.floorMod(selected.get() + by, found.size()));
    }
  }

  /** Closes and does what is selected. */
  public void run() {
    int at = selected.get();
    if (at >= 0 && at < found.size()) {
      Entry entry = found.get(at);
      open.set(false);
      ran.accept(entry);
      entry.act().run();
    }
  }

  private void opened(boolean nowOpen) {
    if (nowOpen) {
      all = source.get();
      query.set("");
      find();
    }
  }

  private void find() {
    String typed = query.get().strip();
    if (typed.isEmpty()) {
      found.setAll(all.subList(0, Math.min(MOST, all.size())));
    } else {
      record Scored(Entry entry, int score) {}
      found.setAll(
          all.stream()
              .map(entry -> new Scored(entry, Fuzzy.score(typed, entry.title())))
              .filter(scored -> scored.score() >= 0)
              .sorted(Comparator.comparingInt(Scored::score).reversed())
              .limit(MOST)
              .map(Scored::entry)
              .toList());
    }
    selected.set(0);
  }
}
