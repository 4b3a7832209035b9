package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.app.plot.HeatGrid;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;

/**
 * Everything a run's event log tells, replayed in order into series that a plot can show. A resume
 * drops what came after the checkpoint it started from.
 */
public final class RunRecord {
  private static final double GIB = 1L << 30;
  final Series loss = new Series();
  final Series learningRate = new Series();
  final Series gradNorm = new Series();
  final Series tokensPerSecond = new Series();
  final Series memoryGib = new Series();
  final Series evalLoss = new Series();
  final SequencedMap<String, Series> scores = new LinkedHashMap<>();
  final Series checkpoints = new Series();
  final Series resumes = new Series();
  final HeatGrid effectiveRank = new HeatGrid();
  final Directions directions = new Directions();
  final StepTimes times = new StepTimes();
  final List<Event.Spectrum> spectra = new ArrayList<>();
  final List<Event.Sampled> samples = new ArrayList<>();
  final List<Event.Warned> warnings = new ArrayList<>();
  final List<Event.NonFinite> nonFinite = new ArrayList<>();
  final List<EventLog.Entry> notes = new ArrayList<>();
  private final TimeLeft timeLeft = new TimeLeft();
  private Event.Planned planned;
  private Event.MemoryMeasured memory;
  private Event.Phase phase;
  private Event.Started started;
  private Failure failure;
  private Double trainSeconds;
  private double epoch;
  private boolean imported;
  private double stepSeconds;
  private double saveSeconds;
  private double[] tops = new double[0];
  private int rewinds;

  /** Takes the next entries of the log. */
  public void apply(List<EventLog.Entry> entries) {
    entries.forEach(this::apply);
  }

  private void apply(EventLog.Entry entry) {
    switch (entry.event()) {
      case Event.Started event -> start(event);
      case Event.Phase event -> phase = event;
      case Event.Imported _ -> imported = true;
      case Event.Planned event -> planned = event;
      case Event.MemoryMeasured event -> memory = event;
      case Event.Step event -> step(event, entry.time());
      case Event.Evaluated event -> evaluated(event);
      case Event.Spectrum event -> spectrum(event);
      case Event.Sampled event -> samples.add(event);
      case Event.CheckpointSaved event -> saved(event);
      case Event.Warned event -> warnings.add(event);
      case Event.NonFinite event -> nonFinite.add(event);
      case Event.Paused _, Event.WentOn _ -> timeLeft.pause();
      case Event.Finished event -> trainSeconds = event.trainSeconds();
      case Event.Failed event -> failure = event.failure();
      default -> {}
    }
    if (EventLine.worthTelling(entry.event())) {
      notes.add(entry);
    }
  }

  private void start(Event.Started event) {
    int from = event.fromStep();
    for (Series series :
        List.of(
            loss,
            learningRate,
            gradNorm,
            tokensPerSecond,
            memoryGib,
            evalLoss,
            checkpoints,
            resumes)) {
      series.truncateAfter(from);
    }
    scores.values().forEach(series -> series.truncateAfter(from));
    effectiveRank.truncateAfter(from);
    directions.truncateAfter(from);
    times.restart(from);
    spectra.removeIf(spectrum -> spectrum.step() > from);
    tops = new double[0];
    spectra.forEach(this::raiseTops);
    rewinds++;
    samples.removeIf(sample -> sample.step() > from);
    warnings.removeIf(warning -> warning.step() > from);
    nonFinite.removeIf(found -> found.step() > from);
    notes.removeIf(note -> EventLine.stepOf(note.event()) > from);
    if (started != null) {
      resumes.add(from, 0);
    }
    memory = memory == null || memory.step() > from ? null : memory;
    started = event;
    failure = null;
    trainSeconds = null;
    phase = null;
    timeLeft.restart();
  }

  private void step(Event.Step event, long time) {
    int step = event.step();
    loss.add(step, event.loss());
    told(learningRate, step, event.learningRate());
    told(gradNorm, step, event.gradNorm());
    told(tokensPerSecond, step, event.tokensPerSecond());
    told(memoryGib, step, imported ? Double.NaN : event.memoryBytes() / GIB);
    times.step(step, time, event.seconds(), event.tokens());
    epoch = event.epoch();
    stepSeconds = event.seconds();
    timeLeft.step(time, event.seconds());
  }

  private void saved(Event.CheckpointSaved event) {
    checkpoints.add(event.step(), 0);
    saveSeconds = event.seconds();
  }

  /** What an imported log does not tell is no point, while a NaN of a run of here is news. */
  private void told(Series series, int step, double value) {
    if (!imported || !Double.isNaN(value)) {
      series.add(step, value);
    }
  }

  /** Whether another program made the run. */
  boolean imported() {
    return imported;
  }

  /** Shares are kept in percent, as they are read. */
  private void evaluated(Event.Evaluated event) {
    evalLoss.add(event.step(), event.evalLoss());
    event
        .scores()
        .forEach(
            (key, value) ->
                scores
                    .computeIfAbsent(key, _ -> new Series())
                    .add(event.step(), Scores.share(key) ? 100 * value : value));
  }

  private void spectrum(Event.Spectrum event) {
    spectra.add(event);
    raiseTops(event);
    directions.add(event);
    effectiveRank.add(
        event.step(),
        event.layers().stream().map(layer -> LayerName.shortened(layer.name())).toList(),
        event.layers().stream().mapToDouble(Event.Spectrum.Layer::effectiveRank).toArray());
  }

  private void raiseTops(Event.Spectrum event) {
    int layers = event.layers().size();
    tops = tops.length < layers ? Arrays.copyOf(tops, layers) : tops;
    for (int layer = 0; layer < layers; layer++) {
      List<Double> values = event.layers().get(layer).singularValues();
      tops[layer] = values.isEmpty() ? tops[layer] : Math.max(tops[layer], values.getFirst());
    }
  }

  /** How often an engine started: what was told before may have been dropped then. */
  int rewinds() {
    return rewinds;
  }

  /** The last step made; 0 before the first. */
  public int step() {
    return loss.size() == 0 ? started == null ? 0 : started.fromStep() : (int) loss.lastX();
  }

  /** Loss of the last step; NaN before the first. */
  public double lastLoss() {
    return loss.lastY();
  }

  /** Steps in all; 0 while unknown. */
  public int totalSteps() {
    return planned == null ? 0 : planned.totalSteps();
  }

  /** What will run, once known; else null. */
  public Event.Planned planned() {
    return planned;
  }

  /** The largest memory so far beside its plan; null before it was measured. */
  public Event.MemoryMeasured memory() {
    return memory;
  }

  /** The phase last entered; null before the first. */
  public Event.Phase phase() {
    return phase;
  }

  /** The engine last started; null before the first. */
  public Event.Started started() {
    return started;
  }

  /** Why the run ended, where it failed and was not resumed since; else null. */
  public Failure failure() {
    return failure;
  }

  /** Seconds of training of a finished run; else null. */
  public Double trainSeconds() {
    return trainSeconds;
  }

  /** Passes over the data so far. */
  public double epoch() {
    return epoch;
  }

  /** What a stop takes as far as is known: the step under way and a checkpoint; 0 at first. */
  public double stopSeconds() {
    return stepSeconds + saveSeconds;
  }

  /** The estimate of the time that remains. */
  public TimeLeft timeLeft() {
    return timeLeft;
  }

  /** The largest singular value a layer ever had, for an axis that stays. */
  public double largestSingularValue(int layer) {
    return layer >= 0 && layer < tops.length && tops[layer] > 0 ? tops[layer] : 1;
  }

  /** The most singular values any layer has: the adapter's rank, as far as seen. */
  public int rank() {
    return spectra.isEmpty()
        ? 1
        : spectra.getLast().layers().stream()
            .mapToInt(layer -> layer.singularValues().size())
            .max()
            .orElse(1);
  }
}
