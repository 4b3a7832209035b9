package org.adapterstudio.engine.model.family;

import java.util.Locale;
import org.adapterstudio.engine.model.part.Norm;

/** Norms of a family's kind. */
final class Norms {
  private Norms() {}

  /** The norm of a module. */
  static Norm of(Settings settings, String name, int size) {
    var kind = Norm.Kind.valueOf(settings.text("norm", "rms").toUpperCase(Locale.ROOT));
    return new Norm(name, kind, size, settings.number("norm_eps", 1e-6));
  }
}
