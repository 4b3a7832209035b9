package org.adapterstudio.contract.tensors;

/** Why a PyTorch file is not read; caught where the file's name is known. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient String advice;

  /**
   * A reason.
   *
   * @param why what follows the file's name in a sentence, without the full stop
   * @param advice what to do about it
   */
  Unreadable(String why, String advice) {
    super(why, null, false, false);
    this.advice = advice;
  }

  /** A file whose bytes do not fit together. */
  static Unreadable damaged(String why) {
    return new Unreadable("is not a sound PyTorch file: " + why, "Copy or download it again.");
  }

  String advice() {
    return advice;
  }
}
