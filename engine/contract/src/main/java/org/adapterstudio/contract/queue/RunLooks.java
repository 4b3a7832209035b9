package org.adapterstudio.contract.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * Looks at the same runs again and again and reads only what is new. A look at the lock comes
 * first: an engine that writes its last word and goes between the two is seen as ended only with
 * that word.
 */
public final class RunLooks {
  private final Map<RunFolder, Look> looks = new HashMap<>();

  /**
   * What a run's folder says now.
   *
   * @param since sequence number behind which starts and ends count
   * @param compareAt steps at which the smoothed loss is wanted
   */
  public RunFacts look(RunFolder run, long since, List<Integer> compareAt) {
    return looks.computeIfAbsent(run, Look::new).facts(since, compareAt);
  }

  private static final class Look {
    private final RunFolder run;
    private final RunHistory history;
    private Recipe recipe;
    private RunFacts facts;
    private long seen = -1;
    private long since = -1;

    Look(RunFolder run) {
      this.run = run;
      this.history = new RunHistory(run);
    }

    RunFacts facts(long from, List<Integer> compareAt) {
      RunState before = history.state();
      boolean news = !history.refresh().isEmpty();
      RunState state = news && !before.live() ? history.state() : before;
      if (news) {
        seen = -1;
      }
      if (facts == null || seen < 0 || since != from || facts.state() != state) {
        since = from;
        seen = 0;
        facts = read(state, history.entries(), compareAt);
      }
      return facts;
    }

    private RunFacts read(RunState state, List<EventLog.Entry> entries, List<Integer> compareAt) {
      var count = new Count(compareAt);
      for (EventLog.Entry entry : entries) {
        count.take(entry, entry.seq() > since);
      }
      Recipe known = recipe();
      Recipe.Training training = known == null ? Recipe.Training.defaults() : known.training();
      return new RunFacts(
          known != null,
          state,
          count.launches,
          count.losses + (!state.live() && count.open ? 1 : 0),
          state.live() ? RunFacts.Ending.NONE : count.ending(),
          count.lastSeq,
          count.startedSeq,
          count.last,
          count.started,
          (count.worked + (count.open ? count.last - count.began : 0)) / 1e3,
          state.live() ? null : count.failure,
          count.step,
          count.total,
          count.saved,
          training.device(),
          training.perDeviceTrainBatchSize(),
          training.gradientAccumulationSteps(),
          count.heldOut,
          count.trained);
    }

    private Recipe recipe() {
      try {
        recipe = recipe == null ? run.recipe() : recipe;
        return recipe;
      } catch (StudioException e) {
        return null;
      }
    }
  }

  /** Counts events from the first to the last. */
  private static final class Count {
    private static final double WEIGHT = 0.9;
    private final TreeMap<Integer, Double> heldOut = new TreeMap<>();
    private final Map<Integer, Double> trained = new HashMap<>();
    private final List<Integer> compareAt;
    private int launches;
    private int losses;
    private boolean open;
    private long began;
    private long started;
    private long last;
    private long lastSeq;
    private long startedSeq;
    private long worked;
    private int step;
    private int total;
    private int saved;
    private double average;
    private double share;
    private RunFacts.Ending ending = RunFacts.Ending.NONE;
    private Failure failure;

    Count(List<Integer> compareAt) {
      this.compareAt = compareAt;
    }

    void take(EventLog.Entry entry, boolean counts) {
      last = entry.time();
      lastSeq = entry.seq();
      switch (entry.event()) {
        case Event.Started _ -> start(entry, counts);
        case Event.Planned e -> total = e.totalSteps();
        case Event.Step e -> step(e.step(), e.loss());
        case Event.Evaluated e -> heldOut.put(e.step(), e.evalLoss());
        case Event.CheckpointSaved e -> saved = e.step();
        case Event.Finished _ -> end(RunFacts.Ending.FINISHED, null, entry.time(), counts);
        case Event.Stopped _ -> end(RunFacts.Ending.STOPPED, null, entry.time(), counts);
        case Event.Failed e -> end(RunFacts.Ending.FAILED, e.failure(), entry.time(), counts);
        default -> {}
      }
    }

    private void start(EventLog.Entry entry, boolean counts) {
      if (open) {
        losses++;
        worked += last - began;
      }
      open = counts;
      began = entry.time();
      started = entry.time();
      startedSeq = entry.seq();
      launches += counts ? 1 : 0;
      ending = RunFacts.Ending.NONE;
      failure = null;
    }

    private void end(RunFacts.Ending how, Failure why, long time, boolean counts) {
      if (counts) {
        ending = how;
        failure = why;
        worked += open ? time - began : 0;
      }
      open = false;
    }

    /**
     * The debiased mean of the losses so far, recent ones first; a loss that is no number stays.
     */
    private void step(int made, double loss) {
      step = made;
      average = WEIGHT * average + (1 - WEIGHT) * loss;
      share = WEIGHT * share + (1 - WEIGHT);
      for (int at : compareAt) {
        if (made <= at) {
          trained.put(at, average / share);
        }
      }
    }

    RunFacts.Ending ending() {
      return open ? RunFacts.Ending.LOST : ending;
    }
  }
}
