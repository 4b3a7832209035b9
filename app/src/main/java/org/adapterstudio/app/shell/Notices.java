package org.adapterstudio.app.shell;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.contract.Failure;

/** Messages that lie over the window: failures until dismissed, sentences for a moment. */
public final class Notices {
  /** More cards than this would hide the work; the oldest goes first. */
  static final int MOST = 4;

  private final ObservableList<Notice> shown = FXCollections.observableArrayList();

  /** One card; failure is null for a plain sentence. */
  public static final class Notice {
    private final String sentence;
    private final Failure failure;
    private final Offer offer;

    private Notice(String sentence, Failure failure, Offer offer) {
      this.sentence = sentence;
      this.failure = failure;
      this.offer = offer;
    }

    /** What can be done about it; null where nothing is offered. */
    public Offer offer() {
      return offer;
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

  /** A button of a card. */
  public record Offer(String name, Runnable action) {}

  /** What is shown, oldest first. */
  public ObservableList<Notice> shown() {
    return shown;
  }

  /** Shows a failure; one that says the same as a card on screen is not shown twice. */
  public void show(Failure failure) {
    shown.removeIf(old -> failure.sentence().equals(old.sentence()));
    add(new Notice(failure.sentence(), failure, null));
  }

  /** Says a sentence. */
  public void say(String sentence) {
    shown.removeIf(old -> sentence.equals(old.sentence()));
    add(new Notice(sentence, null, null));
  }

  /** Says a sentence with a button. */
  public void offer(String sentence, String name, Runnable action) {
    add(new Notice(sentence, null, new Offer(name, action)));
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
