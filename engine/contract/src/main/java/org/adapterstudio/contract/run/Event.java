package org.adapterstudio.contract.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.Failure;

/**
 * One thing that happened in a run, as it stands in {@code events.jsonl}. Steps are optimizer
 * updates, counted from 1; times are seconds; sizes are bytes. Names of numbers follow the Hugging
 * Face log history where it has them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Event.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Event.Continued.class, name = "continued"),
  @JsonSubTypes.Type(value = Event.Phase.class, name = "phase"),
  @JsonSubTypes.Type(value = Event.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = Event.MemoryMeasured.class, name = "memory_measured"),
  @JsonSubTypes.Type(value = Event.Step.class, name = "step"),
  @JsonSubTypes.Type(value = Event.Evaluated.class, name = "evaluated"),
  @JsonSubTypes.Type(value = Event.Spectrum.class, name = "spectrum"),
  @JsonSubTypes.Type(value = Event.RankChanged.class, name = "rank_changed"),
  @JsonSubTypes.Type(value = Event.Imported.class, name = "imported"),
  @JsonSubTypes.Type(value = Event.Sampled.class, name = "sampled"),
  @JsonSubTypes.Type(value = Event.CheckpointSaved.class, name = "checkpoint_saved"),
  @JsonSubTypes.Type(value = Event.Exported.class, name = "exported"),
  @JsonSubTypes.Type(value = Event.Warned.class, name = "warned"),
  @JsonSubTypes.Type(value = Event.NonFinite.class, name = "non_finite"),
  @JsonSubTypes.Type(value = Event.Adjusted.class, name = "adjusted"),
  @JsonSubTypes.Type(value = Event.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = Event.WentOn.class, name = "went_on"),
  @JsonSubTypes.Type(value = Event.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Event.Failed.class, name = "failed")
})
public sealed interface Event {

  /**
   * The engine took the run's lock.
   *
   * @param fromStep last step that a restored checkpoint holds; 0 at a fresh start. Events of later
   *     steps written before this one are superseded.
   */
  record Started(long pid, String version, String device, int threads, int fromStep)
      implements Event {}

  /**
   * The run goes on otherwise than it began.
   *
   * @param step it goes on behind
   * @param kind extended, rewound, branched
   */
  record Continued(int step, String kind, String sentence) implements Event {}

  /**
   * The run entered a phase: unpacking, loading, tokenizing, training, evaluating, sampling,
   * saving, exporting.
   *
   * @param done units finished, of {@code total}; both 0 where not counted
   */
  record Phase(String phase, long done, long total, String unit) implements Event {
    /** A phase without counted progress. */
    public static Phase of(String phase) {
      return new Phase(phase, 0, 0, "");
    }
  }

  /** What will run, once rows and weights are known. */
  record Planned(
      int totalSteps,
      int trainRows,
      int evalRows,
      int skippedRows,
      int cutRows,
      long trainableParameters,
      long totalParameters)
      implements Event {}

  /**
   * The largest memory so far beside what was planned. Pages of mapped files are in neither.
   *
   * @param step made so far; at the start of a run the heaviest micro-batch was computed once
   *     without an update
   * @param plannedParts weights, adapter, gradients, ..., in bytes
   * @param plannedBytes sum of the parts
   * @param peakBytes largest anonymous memory of the engine process, swapped pages included
   * @param mappedBytes pages of mapped files that were touched
   */
  record MemoryMeasured(
      int step, Map<String, Long> plannedParts, long plannedBytes, long peakBytes, long mappedBytes)
      implements Event {
    /** How far the plan was above (+) or below (-) the peak, as a share of the peak. */
    public double planError() {
      return (double) (plannedBytes - peakBytes) / peakBytes;
    }
  }

  /**
   * One optimizer update.
   *
   * @param loss mean over the step's trained tokens before the update
   * @param gradNorm global norm before clipping
   * @param tokens trained and prompt tokens of this step
   * @param memoryBytes resident memory of the engine process
   * @param seconds wall time of the step
   */
  record Step(
      int step,
      double loss,
      double learningRate,
      double gradNorm,
      double epoch,
      long tokens,
      double tokensPerSecond,
      long memoryBytes,
      double seconds)
      implements Event {}

  /**
   * Held-out rows were scored after {@code step}.
   *
   * @param best whether no earlier evaluation of this run was lower
   * @param scores of the task by name, e.g. accuracy from 0 to 1
   */
  record Evaluated(
      int step, double evalLoss, int rows, boolean best, double seconds, Map<String, Double> scores)
      implements Event {
    /** Runs of older versions have no scores. */
    public Evaluated {
      scores = scores == null ? Map.of() : scores;
    }
  }

  /** Singular values of every adapted layer after {@code step}. */
  record Spectrum(int step, List<Layer> layers) implements Event {
    /**
     * One layer's update dW.
     *
     * @param name of the module
     * @param effectiveRank exponential of the entropy of the normalised singular values
     * @param stableRank squared Frobenius norm over squared largest singular value
     * @param norm Frobenius norm of dW
     * @param singularValues of dW, largest first
     * @param drift how far dW's column space has turned since the last checkpoint: 0 not at all, 1
     *     into directions that were not in it; null before a checkpoint and where a method has no
     *     factors. With the principal angles t of both spaces it is the mean of sin^2 t, which is 1
     *     - phi of Hu et al. 2021 (arXiv:2106.09685), eq. 4
     * @param angles principal angles in degrees between dW's column space and the one it had when
     *     the run first measured it, smallest first; null where a method has no factors
     * @param in columns of dW; 0 where an older run does not tell
     * @param out rows of dW, likewise
     */
    public record Layer(
        String name,
        double effectiveRank,
        double stableRank,
        double norm,
        List<Double> singularValues,
        Double drift,
        List<Double> angles,
        Integer in,
        Integer out) {
      /** Runs of older versions do not tell the sizes. */
      public Layer {
        in = in == null ? 0 : in;
        out = out == null ? 0 : out;
      }

      /** A layer whose sizes are not told. */
      public Layer(
          String name,
          double effectiveRank,
          double stableRank,
          double norm,
          List<Double> singularValues,
          Double drift,
          List<Double> angles) {
        this(name, effectiveRank, stableRank, norm, singularValues, drift, angles, 0, 0);
      }

      /** A layer whose directions were not followed. */
      public Layer(
          String name,
          double effectiveRank,
          double stableRank,
          double norm,
          List<Double> singularValues) {
        this(name, effectiveRank, stableRank, norm, singularValues, null, null);
      }

      /** The same with sizes of dW. */
      public Layer sized(int columns, int rows) {
        return new Layer(
            name, effectiveRank, stableRank, norm, singularValues, drift, angles, columns, rows);
      }
    }
  }

  /**
   * Layers were given other ranks while the run went on, after {@code step}.
   *
   * @param layers those whose rank changed
   * @param parametersBefore trained numbers of the whole adapter
   * @param parametersAfter likewise, from the next step on
   * @param lost share of all layers' squared singular values that was cut off; 0 where ranks only
   *     grew
   */
  record RankChanged(
      int step, List<Layer> layers, long parametersBefore, long parametersAfter, double lost)
      implements Event {
    /**
     * One layer.
     *
     * @param error Frobenius norm of what was cut off its dW
     */
    public record Layer(String name, int before, int after, double error) {}

    public RankChanged {
      layers = layers == null ? List.of() : List.copyOf(layers);
    }
  }

  /**
   * The run was made elsewhere, and its log was read in; no engine of this studio can go on with
   * it.
   *
   * @param program that made it
   * @param folder that was read
   * @param unread settings found there that mean nothing here, by their names there
   * @param untold fields of the recipe that the folder says nothing of
   */
  record Imported(String program, String folder, List<String> unread, List<String> untold)
      implements Event {
    public Imported {
      unread = unread == null ? List.of() : List.copyOf(unread);
      untold = untold == null ? List.of() : List.copyOf(untold);
    }
  }

  /** A fixed prompt, answered by base and adapter after {@code step}. */
  record Sampled(int step, String prompt, String base, String adapter) implements Event {}

  /**
   * A checkpoint is whole on disk.
   *
   * @param folder name under {@code checkpoints/}
   * @param reason schedule, request, stop, end
   */
  record CheckpointSaved(int step, String folder, long bytes, double seconds, String reason)
      implements Event {}

  /**
   * A result was written, reopened and compared.
   *
   * @param what adapter or merged
   * @param path of the folder
   * @param maxLogitError largest logit difference between the run's model and the reopened file
   */
  record Exported(String what, String path, long bytes, double maxLogitError) implements Event {}

  /**
   * Something to know that does not stop the run.
   *
   * @param kind stable key, e.g. {@code evaluation_rises}; a later one takes the place of an
   *     earlier one of its kind; may be empty
   * @param proof the numbers behind it, as a sentence; may be empty
   * @param acts what can be done about it, the first choice first
   */
  record Warned(int step, String sentence, String kind, String proof, List<Act> acts)
      implements Event {
    /** Older logs hold the sentence alone. */
    public Warned {
      kind = kind == null ? "" : kind;
      proof = proof == null ? "" : proof;
      acts = acts == null ? List.of() : List.copyOf(acts);
    }

    /** A sentence alone. */
    public Warned(int step, String sentence) {
      this(step, sentence, "", "", List.of());
    }
  }

  /**
   * A loss or a gradient of this step was NaN or infinite. Nothing of the step was kept: model and
   * optimizer are those of the step before.
   *
   * @param what loss or gradient
   * @param microBatch of the step, counted from 1
   * @param batchLines lines of the data that form the micro-batch
   * @param lines those of them that give no number by themselves; all where none does alone
   * @param parameter first trained tensor, in the order of the network, whose gradient is no
   *     number; empty where all are
   * @param skipped whether the run went on with the next batch
   */
  record NonFinite(
      int step,
      String what,
      int microBatch,
      List<Integer> batchLines,
      List<Integer> lines,
      String parameter,
      boolean skipped)
      implements Event {}

  /** From the step after {@code step} on, a setting is another than the recipe's. */
  record Adjusted(int step, Adjustment adjustment) implements Event {}

  /** The run makes no steps until it is told to go on. */
  record Paused(int step) implements Event {}

  /** A pause is over. */
  record WentOn(int step) implements Event {}

  /** The run was stopped on request and can be resumed. */
  record Stopped(int step) implements Event {}

  /** All steps are done and exported. */
  record Finished(int step, double trainSeconds) implements Event {}

  /** The run ended by a failure; the last checkpoint is kept. */
  record Failed(int step, Failure failure) implements Event {}

  /** An event of a newer studio; skipped. */
  record Unknown() implements Event {}
}
