package org.adapterstudio.engine.method;

/**
 * A way of adapting a base model: one class, named by its card. See {@code
 * docs/decisions/001-method-spi.md} for how the methods of the field fit.
 */
public interface Method {
  /** Creates what this method trains on a base. Called once per run; nothing has moved yet. */
  Attached attach(Attachment at);
}
