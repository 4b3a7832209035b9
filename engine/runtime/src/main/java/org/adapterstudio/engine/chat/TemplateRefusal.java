package org.adapterstudio.engine.chat;

/** What a template says by calling {@code raise_exception}; ends the rendering. */
final class TemplateRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private TemplateRefusal(String message) {
    super(message, null, false, false);
  }

  /** The template function {@code raise_exception}. */
  public static Object raise(String message) {
    throw new TemplateRefusal(message);
  }
}
