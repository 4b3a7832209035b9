package org.adapterstudio.contract;

/**
 * What went wrong, in words for a person.
 *
 * @param kind stable key a program can switch on, e.g. {@code bad_input}, {@code non_finite_loss}
 * @param sentence what happened and where (file, line, field)
 * @param action what the person can do about it
 * @param detail technical detail for the log; may be empty, never shown first
 */
public record Failure(String kind, String sentence, String action, String detail) {
  public Failure {
    sentence = sentence == null ? "" : sentence;
    action = action == null ? "" : action;
    detail = detail == null ? "" : detail;
  }

  /** Something the person gave us (a file, a field, a flag) cannot be used as it is. */
  public static Failure badInput(String sentence, String action) {
    return new Failure("bad_input", sentence, action, "");
  }

  /** A fault of the program itself; the detail carries what a report needs. */
  public static Failure internal(Throwable cause) {
    var trace = new java.io.StringWriter();
    cause.printStackTrace(new java.io.PrintWriter(trace));
    return new Failure(
        "internal",
        "Adapter Studio made a mistake: " + cause,
        "Please report it with the details below.",
        trace.toString());
  }

  /** The failure a throwable stands for: its own if it carries one, else {@code internal}. */
  public static Failure of(Throwable cause) {
    return cause instanceof StudioException known ? known.failure() : internal(cause);
  }

  /** Sentence and action in one line, as the command line prints them. */
  public String text() {
    return action.isEmpty() ? sentence : sentence + " " + action;
  }
}
