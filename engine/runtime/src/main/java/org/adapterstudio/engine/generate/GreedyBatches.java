package org.adapterstudio.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Draft;
import org.adapterstudio.engine.model.network.TextWriter;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Greedy answers to many prompts, those of equal length computed together. Each answer is the one
 * its prompt gets alone.
 */
public final class GreedyBatches {
  private static final int ROWS = 32;

  private final AdaptedModel model;
  private final TextWriter writer;
  private final GenerationRules rules;
  private final Set<Integer> stopTokens;
  private final int maxTokens;

  /** Answers end at a stop token, after {@code maxTokens}, or where the context is full. */
  public GreedyBatches(AdaptedModel model, Set<Integer> stopTokens, int maxTokens) {
    this.model = model;
    this.writer = model.writer();
    this.rules = GenerationRules.read(model.base().folder());
    this.stopTokens = stopTokens;
    this.maxTokens = maxTokens;
  }

  /** Hears one finished answer. */
  @FunctionalInterface
  public interface Heard {
    /** The answer to prompt number {@code index}, the stop token not among its ids. */
    void answer(int index, int[] ids);
  }

  /** Answers every prompt of tokens, shortest first. */
  public void answer(List<int[]> prompts, Heard heard, Runnable between) {
    answerAll(prompts.stream().map(ids -> Inputs.of(ids)).toList(), heard, between);
  }

  /**
   * Answers every prompt, shortest first.
   *
   * @param prompts one row each, without padding
   * @param between called between tokens; may throw to end the work
   */
  public void answerAll(List<Inputs> prompts, Heard heard, Runnable between) {
    var byLength = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).length(), _ -> new ArrayList<>()).add(i);
    }
    for (List<Integer> same : byLength.values()) {
      for (int from = 0; from < same.size(); from += ROWS) {
        List<Integer> group = same.subList(from, Math.min(from + ROWS, same.size()));
        Inputs together = Inputs.together(group.stream().map(prompts::get).toList());
        int[][] answers = answers(together, between);
        for (int i = 0; i < group.size(); i++) {
          heard.answer(group.get(i), answers[i]);
        }
      }
    }
  }

  private int[][] answers(Inputs prompts, Runnable between) {
    int rows = prompts.rows();
    int opening = rules.opening().size() + model.weights().promptLength();
    int most = Math.max(0, Math.min(maxTokens, writer.room(prompts) - opening));
    int[][] answers = new int[rows][0];
    if (most == 0) {
      return answers;
    }
    boolean[] ended = new boolean[rows];
    try (Scope owner = Kernels.get().inference()) {
      Draft draft = writer.begin(model.weights(), prompts, owner);
      long[] next = draft.beginning();
      for (int position = 0; position < opening + most && !all(ended); position++) {
        between.run();
        next = largest(draft, next, position);
        for (int row = 0; row < rows && position >= opening; row++) {
          ended[row] |= stopTokens.contains((int) next[row]);
          if (!ended[row]) {
            answers[row] = Arrays.copyOf(answers[row], answers[row].length + 1);
            answers[row][answers[row].length - 1] = (int) next[row];
          }
        }
      }
    }
    return answers;
  }

  /** The most probable next token of each row. */
  private long[] largest(Draft draft, long[] tokens, int position) {
    try (Scope scope = Kernels.get().inference()) {
      NDArray logits = draft.next(Pass.still(scope, model.weights()), tokens);
      int vocabulary = (int) logits.getShape().get(1);
      float[] mask = rules.mask(position, vocabulary);
      NDArray allowed =
          mask == null ? logits : scope.call("add", logits, scope.floats(mask, vocabulary));
      return scope.call("largest", allowed).toLongArray();
    }
  }

  private static boolean all(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }
}
