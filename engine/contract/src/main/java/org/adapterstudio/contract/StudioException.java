package org.adapterstudio.contract;

/**
 * The one exception that carries a {@link Failure} from where it is noticed to where it is shown.
 */
public class StudioException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  /** Wraps a failure without a cause. */
  public StudioException(Failure failure) {
    this(failure, null);
  }

  /** Wraps a failure and keeps the exception it came from. */
  public StudioException(Failure failure, Throwable cause) {
    super(failure.text(), cause);
    this.failure = failure;
  }

  /** Bad input: what and where, then what to do. */
  public static StudioException badInput(String sentence, String action) {
    return new StudioException(Failure.badInput(sentence, action));
  }

  /** What to tell the person. */
  public Failure failure() {
    return failure;
  }
}
