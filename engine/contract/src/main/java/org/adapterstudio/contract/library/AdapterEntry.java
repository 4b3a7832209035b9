package org.adapterstudio.contract.library;

import java.nio.file.Path;

/**
 * An adapter: a folder with {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * @param base hub id or path of the model it was made for, as its configuration says; may be empty
 * @param method peft_type in lower case, e.g. lora
 * @param rank r; 0 where the method has none
 * @param parameters stored numbers; 0 where they cannot be read
 */
public record AdapterEntry(
    Path path,
    String name,
    String base,
    String method,
    int rank,
    long parameters,
    long bytes,
    String problem)
    implements LibraryEntry {

  /** Whether its configuration names this model, by hub id or by a path to the same folder. */
  public boolean belongsTo(ModelEntry model) {
    if (base.isEmpty()) {
      return false;
    }
    return base.equals(model.name()) || same(model.path());
  }

  private boolean same(Path model) {
    try {
      return path.resolve(base).toRealPath().equals(model.toRealPath());
    } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
      return false; // a hub id, or a path of another computer
    }
  }
}
