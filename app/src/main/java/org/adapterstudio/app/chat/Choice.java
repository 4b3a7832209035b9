package org.adapterstudio.app.chat;

import java.nio.file.Path;

/**
 * A model, adapter or checkpoint to talk to.
 *
 * @param path of its folder; null for "no adapter"
 */
public record Choice(String name, Path path) {
  @Override
  public String toString() {
    return name;
  }
}
