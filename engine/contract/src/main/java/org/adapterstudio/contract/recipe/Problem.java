package org.adapterstudio.contract.recipe;

/**
 * One thing that is wrong with a recipe.
 *
 * @param path of the field, e.g. {@code training.max_steps}
 * @param sentence what is wrong and what to do
 */
public record Problem(String path, String sentence) {
  @Override
  public String toString() {
    return path.isEmpty() ? sentence : path + ": " + sentence;
  }
}
