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
import org.adapterstudio.engine.model.pass.KeyValueCache;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Greedy answers to many prompts, those of equal length computed together. Each answer is the one
 * its prompt gets alone.
 */
public final class GreedyBatches {
  private static final int ROWS = 32;

  private final AdaptedModel model;
  private final Set<Integer> stopTokens;
  private final int maxTokens;

  /** Answers end at a stop token, after {@code maxTokens}, or where the context is full. */
  public GreedyBatches(AdaptedModel model, Set<Integer> stopTokens, int maxTokens) {
    this.model = model;
    this.stopTokens = stopTokens;
    this.maxTokens = maxTokens;
  }

  /** Hears one finished answer. */
  @FunctionalInterface
  public interface Heard {
    /** The answer to prompt number {@code index}, the stop token not among its ids. */
    void answer(int index, int[] ids);
  }

  /**
   * Answers every prompt, shortest first.
   *
   * @param between called between tokens; may throw to end the work
   */
  public void answer(List<int[]> prompts, Heard heard, Runnable between) {
    var byLength = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).length, _ -> new ArrayList<>()).add(i);
    }
    for (List<Integer> same : byLength.values()) {
      for (int from = 0; from < same.size(); from += ROWS) {
        List<Integer> group = same.subList(from, Math.min(from + ROWS, same.size()));
        List<int[]> answers = together(group.stream().map(prompts::get).toList(), between);
        for (int i = 0; i < group.size(); i++) {
          heard.answer(group.get(i), answers.get(i));
        }
      }
    }
  }

  private List<int[]> together(List<int[]> prompts, Runnable between) {
    int rows = prompts.size();
    int room = model.base().network().sizes().contextLength() - prompts.getFirst().length;
    int[][] answers = new int[rows][Math.max(0, Math.min(maxTokens, room))];
    int[] lengths = new int[rows];
    boolean[] ended = new boolean[rows];
    long[] next = prompts.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
    try (var cache =
        new KeyValueCache(model.base().network().sizes().layers(), Kernels.get().inference())) {
      for (int made = 0; made < answers[0].length && !all(ended); made++) {
        between.run();
        long[] chosen = largest(next, rows, cache);
        for (int row = 0; row < rows; row++) {
          ended[row] |= stopTokens.contains((int) chosen[row]);
          if (!ended[row]) {
            answers[row][lengths[row]++] = (int) chosen[row];
          }
        }
        next = chosen;
      }
    }
    var result = new ArrayList<int[]>();
    for (int row = 0; row < rows; row++) {
      result.add(Arrays.copyOf(answers[row], lengths[row]));
    }
    return result;
  }

  /** The most probable next token of each row. */
  private long[] largest(long[] ids, int rows, KeyValueCache cache) {
    int length = ids.length / rows;
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray hidden = model.language().hidden(pass, Tokens.of(ids, rows), cache, _ -> {});
      long[] last = new long[rows];
      for (int row = 0; row < rows; row++) {
        last[row] = (long) row * length + length - 1;
      }
      NDArray picked = scope.call("pick_rows", hidden, scope.longs(last, rows));
      return scope.call("largest", model.language().logits(pass, picked)).toLongArray();
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
