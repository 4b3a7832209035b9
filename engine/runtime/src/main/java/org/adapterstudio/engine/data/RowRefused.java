package org.adapterstudio.engine.data;

/** Why one row cannot be used; becomes a bad row of the report. */
final class RowRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;

  /**
   * A row's fault.
   *
   * @param field the field at fault; empty where it is the whole row
   */
  RowRefused(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  String field() {
    return field;
  }
}
