package org.adapterstudio.contract.queue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunState;

/** Counts a run's events from the first to the last; what a resume superseded is taken back. */
final class RunCount {
  /** Weight of what was in the smoothed loss. */
  private static final double WEIGHT = 0.9;

  private final long since;
  private final TreeMap<Integer, Double> heldOut = new TreeMap<>();
  private double[] losses = new double[64];
  private int launches;
  private int losts;
  private boolean open;
  private boolean paused;
  private long began;
  private long started;
  private long startedSeq;
  private long last;
  private long lastSeq;
  private long worked;
  private int step;
  private int total;
  private int saved;
  private RunFacts.Ending ending = RunFacts.Ending.NONE;
  private Failure failure;

  /** Starts and ends count behind a sequence number. */
  RunCount(long since) {
    this.since = since;
  }

  long since() {
    return since;
  }

  void take(EventLog.Entry entry) {
    long before = last;
    last = entry.time();
    lastSeq = entry.seq();
    boolean counts = entry.seq() > since;
    switch (entry.event()) {
      case Event.Started e -> start(entry, e.fromStep(), before, counts);
      case Event.Planned e -> total = e.totalSteps();
      case Event.Step e -> step(e.step(), e.loss());
      case Event.Evaluated e -> heldOut.put(e.step(), e.evalLoss());
      case Event.CheckpointSaved e -> saved = e.step();
      case Event.Paused _ -> paused = true;
      case Event.WentOn _ -> paused = false;
      case Event.Finished _ -> end(RunFacts.Ending.FINISHED, null, entry.time(), counts);
      case Event.Stopped _ -> end(RunFacts.Ending.STOPPED, null, entry.time(), counts);
      case Event.Failed e -> end(RunFacts.Ending.FAILED, e.failure(), entry.time(), counts);
      default -> {}
    }
  }

  private void start(EventLog.Entry entry, int fromStep, long before, boolean counts) {
    if (open) { // the one before is gone without a last word; it worked until its last sign
      losts++;
      worked += before - began;
    }
    open = counts;
    began = entry.time();
    started = entry.time();
    startedSeq = entry.seq();
    launches += counts ? 1 : 0;
    ending = RunFacts.Ending.NONE;
    failure = null;
    paused = false;
    step = Math.min(step, fromStep);
    heldOut.tailMap(fromStep, false).clear();
  }

  private void end(RunFacts.Ending how, Failure why, long time, boolean counts) {
    if (counts) {
      ending = how;
      failure = why;
      worked += open ? time - began : 0;
    }
    open = false;
  }

  private void step(int made, double loss) {
    step = made;
    if (made >= losses.length) {
      losses = Arrays.copyOf(losses, 2 * made);
    }
    losses[made] = loss;
  }

  RunFacts facts(
      RunState held, boolean readable, Recipe.Training training, List<Integer> compareAt) {
    boolean live = held.live();
    RunFacts.Ending how = live ? RunFacts.Ending.NONE : open ? RunFacts.Ending.LOST : ending;
    return new RunFacts(
        readable,
        live ? at(held) : state(how),
        launches,
        losts + (!live && open ? 1 : 0),
        how,
        lastSeq,
        startedSeq,
        last,
        started,
        (worked + (open ? last - began : 0)) / 1e3,
        live ? null : failure,
        step,
        total,
        saved,
        training.device(),
        training.perDeviceTrainBatchSize(),
        training.gradientAccumulationSteps(),
        new TreeMap<>(heldOut),
        smoothed(compareAt));
  }

  private RunState at(RunState held) {
    return paused && held != RunState.STOPPING ? RunState.PAUSED : held;
  }

  private static RunState state(RunFacts.Ending how) {
    return switch (how) {
      case NONE -> RunState.WAITING;
      case FINISHED -> RunState.FINISHED;
      case STOPPED -> RunState.STOPPED;
      case FAILED -> RunState.FAILED;
      case LOST -> RunState.ENGINE_LOST;
    };
  }

  /** The debiased mean of the losses so far, recent ones first; one that is no number stays. */
  private Map<Integer, Double> smoothed(List<Integer> compareAt) {
    var smoothed = new HashMap<Integer, Double>();
    for (int at : compareAt) {
      double average = 0;
      double share = 0;
      for (int made = 1; made <= Math.min(at, step); made++) {
        average = WEIGHT * average + (1 - WEIGHT) * losses[made];
        share = WEIGHT * share + (1 - WEIGHT);
      }
      if (share > 0) {
        smoothed.put(at, average / share);
      }
    }
    return smoothed;
  }
}
