package org.adapterstudio.engine.arena;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.arena.ArenaPlan;
import org.adapterstudio.contract.arena.ArenaPlan.Contender;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.arena.Trial;

/**
 * Runs the plan of a folder, trial after trial, until it is done, the budget is spent, or it is
 * told to stop. What was made stays, and the next call goes on from there.
 */
public final class Arena {
  private static final List<Double> RATES = List.of(3e-4, 1.5e-3, 7.5e-3, 3.75e-2);
  private static final int SEEDS = 3;

  /** Looks at the held-out loss in a claim's longest runs. */
  private static final int CLAIM_LOOKS = 12;

  private static final int DEATHS = 2;

  /** Share of the budget for steps; the rest is for measuring, starting and slower methods. */
  private static final double SHARE = 0.4;

  private final ArenaFolder folder;
  private final Tracks tracks;
  private final Wish wish;

  /**
   * What is asked for.
   *
   * @param out folder of the arena
   * @param project the sample project
   * @param minutes over all calls with this folder
   * @param methods named contenders; empty takes all
   * @param claims whether the claims of the literature are looked at instead of all methods
   */
  public record Wish(
      Path out, Path project, double minutes, List<String> methods, int threads, boolean claims) {}

  /** What came of it. */
  public record Outcome(Leaderboard leaderboard, List<Finding> findings) {}

  /** Hears of each trial. */
  @FunctionalInterface
  public interface Progress {
    /** Before a trial: how many were made, how many there are, and which is next. */
    void next(int made, int planned, String what);
  }

  /** An arena for a wish; its folder is made where it is not there. */
  public Arena(Wish wish) {
    this.wish = wish;
    this.folder = new ArenaFolder(wish.out());
    this.tracks = new Tracks(wish.project(), folder.tasks(), wish.threads());
  }

  /** Goes on until the end, the end of the budget, or a failure of kind cancelled. */
  public Outcome run(Progress progress, BooleanSupplier cancelled) {
    List<String> tasks = folder.plan().map(ArenaPlan::tasks).orElseGet(this::tasks);
    progress.next(0, 0, "tasks");
    Map<String, Stage> stages = tracks.open(tasks);
    try {
      ArenaPlan plan = plan(tasks, stages, cancelled);
      List<Trial> made = folder.trials();
      double spent = made.stream().mapToDouble(Trial::seconds).sum();
      Optional<Trial.Key> next = plan.next(made);
      while (next.isPresent() && spent < wish.minutes() * 60) {
        Trial.Key key = next.get();
        progress.next(made.size(), plan.runs(), key.contender() + ", " + key.task());
        Trial trial = begun(plan, stages, key, cancelled);
        folder.add(trial);
        folder.ended();
        made.add(trial);
        spent += trial.seconds();
        next = plan.next(made);
      }
      var findings = wish.claims() ? new Claims(plan, made).findings() : List.<Finding>of();
      return new Outcome(Leaderboard.of(plan, made), findings);
    } finally {
      stages.values().forEach(Stage::close);
    }
  }

  /** A trial in which the process died twice is not tried a third time. */
  private Trial begun(
      ArenaPlan plan, Map<String, Stage> stages, Trial.Key key, BooleanSupplier cancelled) {
    if (folder.begin(key) >= DEATHS) {
      return Trial.failed(key, 0, "The engine ended %d times during this run.".formatted(DEATHS));
    }
    try {
      return trial(plan, stages, key, cancelled);
    } catch (RuntimeException e) {
      folder.ended();
      throw e;
    }
  }

  private Trial trial(
      ArenaPlan plan, Map<String, Stage> stages, Trial.Key key, BooleanSupplier cancelled) {
    Contender contender =
        plan.contenders().stream()
            .filter(one -> one.name().equals(key.contender()))
            .findFirst()
            .orElseThrow();
    boolean last = key.steps() == plan.steps();
    int looks = !last ? 0 : wish.claims() ? CLAIM_LOOKS : 1;
    return stages.get(key.task()).run(contender, key, looks, last && !wish.claims(), cancelled);
  }

  private ArenaPlan plan(List<String> tasks, Map<String, Stage> stages, BooleanSupplier cancelled) {
    Optional<ArenaPlan> kept = folder.plan();
    List<Contender> contenders =
        wish.claims() ? Claims.contenders() : Contenders.of(wish.methods());
    if (kept.isPresent()) {
      requireSame(kept.get(), contenders);
      return kept.get();
    }
    int seeds = wish.claims() ? Claims.SEEDS + 1 : SEEDS;
    List<Long> numbers = LongStream.rangeClosed(1, seeds).boxed().toList();
    int steps = steps(stages, contenders.size(), seeds, cancelled);
    var plan = new ArenaPlan(tasks, contenders, RATES, numbers, steps);
    folder.keep(plan);
    return plan;
  }

  private List<String> tasks() {
    return wish.claims() ? List.of(Tracks.COUNTDOWN) : List.of(Tracks.COUNTDOWN, Tracks.ORDERS);
  }

  private void requireSame(ArenaPlan kept, List<Contender> contenders) {
    var before = kept.contenders().stream().map(Contender::name).toList();
    if (!before.equals(contenders.stream().map(Contender::name).toList())) {
      throw StudioException.badInput(
          wish.out() + " holds an arena of other methods: " + String.join(", ", before) + ".",
          "Name the same with --methods, or choose another --out.");
    }
  }

  /** As many steps as the budget allows by the time that LoRA takes, the same for everyone. */
  private int steps(
      Map<String, Stage> stages, int contenders, int seeds, BooleanSupplier cancelled) {
    double round = 0;
    for (var stage : stages.entrySet()) {
      var key = new Trial.Key(stage.getKey(), "lora", 1e-3, 1, 8);
      var lora = Contenders.of(List.of("lora")).getFirst();
      round += stage.getValue().run(lora, key, 0, false, cancelled).stepSeconds();
    }
    double updates = ArenaPlan.updates(RATES.size(), seeds, 4) / 4.0;
    double steps = wish.minutes() * 60 * SHARE / (round * updates * contenders);
    return (int) Math.clamp(steps / 4, 3, 50) * 4;
  }
}
