package org.adapterstudio.contract.library;

import java.nio.file.Path;
import java.util.Set;

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
  /** Model types the engine can load. */
  public static final Set<String> SUPPORTED = Set.of("llama", "mistral", "qwen2");

  /** Whether it is sound and of a kind that the engine can load. */
  public boolean supported() {
    return sound() && SUPPORTED.contains(modelType);
  }
}
