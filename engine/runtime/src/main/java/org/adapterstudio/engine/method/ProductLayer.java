package org.adapterstudio.engine.method;

/** A layer whose update is a product of two matrices and that knows its place, so as to read W. */
public interface ProductLayer extends Factored {
  /** Where it sits. */
  Place place();

  @Override
  default String module() {
    return place().site().module();
  }

  @Override
  default double dropout() {
    return place().dropout();
  }
}
