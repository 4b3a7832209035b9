package org.adapterstudio.contract.library;

import java.nio.file.Path;
import org.adapterstudio.contract.family.ModelFamilies;

/**
 * A base model: a folder with {@code config.json} and safetensors weights.
 *
 * @param architecture as the configuration names it, e.g. LlamaForCausalLM
 * @param modelType of the configuration, e.g. llama
 * @param parameters stored numbers, counted from the headers; 0 where they cannot be read
 * @param dtype of most parameters: float32, float16, bfloat16...
 * @param tied whether input and output embeddings are one matrix
 */
public record ModelEntry(
    Path path,
    String name,
    String architecture,
    String modelType,
    long parameters,
    String dtype,
    long bytes,
    boolean tied,
    String problem)
    implements LibraryEntry {
  /** Whether it is sound and of a kind that the engine can load. */
  public boolean supported() {
    return sound() && ModelFamilies.find(modelType).isPresent();
  }
}
