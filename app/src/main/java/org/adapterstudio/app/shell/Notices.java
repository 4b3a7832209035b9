package org.adapterstudio.app.shell;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.contract.Failure;

/** Messages that lie over the window: failures until dismissed, sentences for a moment. */
public final class Notices {
  /** More cards than this would hide the work; the oldest goes first. */
  static final int MOST = 4;

  private final ObservableList<Notice> shown = FXCollections.observableArrayList();

  /** What a card's button does. */
  public record Act(String words, Runnable run) {}

  /** One card; failure is null for a plain sentence, act for a card without a button. */
  public static final class Notice {
    private final String sentence;
    private final Failure failure;
    private final boolean bad;
    private final Act act;

    private Notice(String sentence, Failure failure, boolean bad, Act act) {
      this.sentence = sentence;
      this.failure = failure;
      this.bad = bad;
      this.act = act;
    }

    /** Whether somebody should see to it. */
    public boolean bad() {
      return bad;
    }

    /** What its button does; null where it has none. */
    public Act act() {
      return act;
    }

    /** What to read. */
    public String sentence() {
      return sentence;
    }

    /** The failure behind it; null for a plain sentence. */
    public Failure failure() {
      return failure;
    }
  }

  /** What is shown, oldest first. */
  public ObservableList<Notice> shown() {
    return shown;
  }

  /** Shows a failure; one that says the same as a card on screen is not shown twice. */
  public void show(Failure failure) {
    shown.removeIf(old -> failure.sentence().equals(old.sentence()));
    add(new Notice(failure.sentence(), failure, true, null));
  }

  /** Says a sentence. */
  public void say(String sentence) {
    shown.removeIf(old -> sentence.equals(old.sentence()));
    add(new Notice(sentence, null, false, null));
  }

  /** Tells what happened, with a way to it; it stays until dismissed or followed. */
  public void tell(String sentence, boolean bad, Act act) {
    shown.removeIf(old -> sentence.equals(old.sentence()));
    add(new Notice(sentence, null, bad, act));
  }

  /** Takes a card away. */
  public void dismiss(Notice notice) {
    shown.remove(notice);
  }

  private void add(Notice notice) {
    if (shown.size() == MOST) {
      shown.removeFirst();
    }
    shown.add(notice);
  }
}
