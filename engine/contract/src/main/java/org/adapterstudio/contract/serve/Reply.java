package org.adapterstudio.contract.serve;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.recipe.Problem;

/** What the interactive engine answers, one JSON object a line with the request's {@code id}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Reply.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Reply.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = Reply.Token.class, name = "token"),
  @JsonSubTypes.Type(value = Reply.Generated.class, name = "generated"),
  @JsonSubTypes.Type(value = Reply.LogitsWritten.class, name = "logits_written"),
  @JsonSubTypes.Type(value = Reply.DataPreviewed.class, name = "data_previewed"),
  @JsonSubTypes.Type(value = Reply.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = Reply.Exported.class, name = "exported"),
  @JsonSubTypes.Type(value = Reply.Merged.class, name = "merged"),
  @JsonSubTypes.Type(value = Reply.Scored.class, name = "scored"),
  @JsonSubTypes.Type(value = Reply.Classified.class, name = "classified"),
  @JsonSubTypes.Type(value = Reply.ModelMade.class, name = "model_made"),
  @JsonSubTypes.Type(value = Reply.ArenaStands.class, name = "arena_stands"),
  @JsonSubTypes.Type(value = Reply.Runtime.class, name = "runtime"),
  @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {
  /** Whether this is the last reply to its request. */
  default boolean last() {
    return !(this instanceof Ready
        || this instanceof Progress
        || this instanceof Opened
        || this instanceof Token);
  }

  /** The engine is up (id 0, unasked). */
  record Ready(String version, long pid, String device, int threads) implements Reply {}

  /** Work under way; done and total are 0 where not counted. */
  record Progress(String phase, long done, long total, String unit) implements Reply {}

  /**
   * A base is open.
   *
   * @param quantization it is held in: none, nf4, nf4-double or int8
   * @param adapter folder or file; null for the base alone
   * @param madeFor base that the adapter names; empty where it names none
   * @param trainedOn quantization of the base that the adapter was trained on; null where it does
   *     not say
   */
  record Opened(String model, String quantization, String adapter, String madeFor, String trainedOn)
      implements Reply {
    /** Whether the adapter's base was held otherwise when it was trained. */
    public boolean differs() {
      return trainedOn != null && !trainedOn.equals(quantization);
    }
  }

  /** The next piece of text. */
  record Token(String text) implements Reply {}

  /** A finished answer. reason: stop_token, max_tokens, context_full. */
  record Generated(
      String text, int promptTokens, int newTokens, double tokensPerSecond, String reason)
      implements Reply {}

  /** The logits file is written; loss is null without labels. */
  record LogitsWritten(String path, List<Long> shape, Double loss) implements Reply {}

  /**
   * The data as training would see it; where it cannot be used yet, only its columns and why.
   *
   * @param format as detected or given; empty where neither
   * @param columns of the file, for mapping
   * @param trainRows usable rows
   * @param evalRows held-out rows
   * @param lengths token counts of all usable training rows, before cutting
   * @param cutRows rows longer than max_length
   * @param duplicates rows equal to an earlier one
   * @param leaked evaluation rows that also stand in training
   * @param rows the first rows, rendered
   */
  record DataPreviewed(
      String format,
      List<String> columns,
      int trainRows,
      int evalRows,
      List<Integer> lengths,
      int cutRows,
      int duplicates,
      int leaked,
      List<BadRow> badRows,
      List<RenderedRow> rows,
      List<Problem> problems)
      implements Reply {}

  /** A row that cannot be used. line counts from 1. */
  record BadRow(String file, int line, String field, String reason) {}

  /** One row as the model sees it. */
  record RenderedRow(int line, int tokens, List<Piece> pieces) {}

  /** Consecutive text that is all trained or all not. */
  record Piece(String text, boolean trained) {}

  /**
   * What would run.
   *
   * @param problems that forbid a start
   * @param memoryBytes estimate of the engine's peak, by part
   * @param diskBytes estimate of what the run writes
   * @param calibration what the start state reads before the first step; null where it reads
   *     nothing
   */
  record Planned(
      List<Problem> problems,
      int totalSteps,
      int trainRows,
      int evalRows,
      long trainableParameters,
      long totalParameters,
      Memory memoryBytes,
      long diskBytes,
      long diskFreeBytes,
      Calibration calibration)
      implements Reply {
    /** Of a start state that reads no rows. */
    public Planned(
        List<Problem> problems,
        int totalSteps,
        int trainRows,
        int evalRows,
        long trainableParameters,
        long totalParameters,
        Memory memoryBytes,
        long diskBytes,
        long diskFreeBytes) {
      this(
          problems,
          totalSteps,
          trainRows,
          evalRows,
          trainableParameters,
          totalParameters,
          memoryBytes,
          diskBytes,
          diskFreeBytes,
          null);
    }

    /**
     * The cost of a start that reads sample rows.
     *
     * @param rows read in one pass
     * @param batches they come in
     * @param bytes held beside the base while they are read
     */
    public record Calibration(int rows, int batches, long bytes) {}
  }

  /**
   * Parts of a memory estimate, in bytes.
   *
   * @param weights of the base in the process's own memory: codes, converted weights, copies
   * @param mapped weights used where the file is mapped; the system may drop these pages at any
   *     time, so they are counted apart
   * @param activations of the heaviest pass
   * @param reserve Java, LibTorch and what both keep for later
   */
  record Memory(
      long weights,
      long mapped,
      long adapter,
      long gradients,
      long optimizer,
      long activations,
      long reserve) {
    /** Nothing known. */
    public static final Memory NONE = new Memory(0, 0, 0, 0, 0, 0, 0);

    /** What the process needs of its own. */
    public long total() {
      return parts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The parts of the total, by name. */
    public SequencedMap<String, Long> parts() {
      var parts = new LinkedHashMap<String, Long>();
      parts.put("weights", weights);
      parts.put("adapter", adapter);
      parts.put("gradients", gradients);
      parts.put("optimizer", optimizer);
      parts.put("activations", activations);
      parts.put("reserve", reserve);
      return parts;
    }
  }

  /**
   * The result is on disk, reopened and compared.
   *
   * @param lost norm of what a low-rank approximation leaves out, as a share of the change's; null
   *     where nothing is
   */
  record Exported(String path, long bytes, double maxLogitError, Double lost) implements Reply {
    /** Nothing was left out. */
    public Exported(String path, long bytes, double maxLogitError) {
      this(path, bytes, maxLogitError, null);
    }
  }

  /**
   * Adapters are one.
   *
   * @param error largest difference of the result's update from the sum of the parts', as a share
   *     of that sum's largest number
   */
  record Merged(String path, long bytes, double error) implements Reply {}

  /**
   * How well rows were done.
   *
   * @param scores of the task by name: accuracy, word_error_rate, ..., or exact_match, the share of
   *     rows whose greedy answer equals the wanted one
   */
  record Scored(int rows, double loss, Map<String, Double> scores) implements Reply {
    public Scored {
      scores = scores == null ? Map.of() : scores;
    }
  }

  /**
   * One answer for each picture, in their order.
   *
   * @param accuracy share of the pictures of known class that were put there; null where none is
   *     known
   */
  record Classified(List<String> classes, List<ClassifiedPicture> pictures, Double accuracy)
      implements Reply {
    /** The same with the accuracy counted. */
    public static Classified of(List<String> classes, List<ClassifiedPicture> pictures) {
      var known = pictures.stream().filter(picture -> picture.truth() != null).toList();
      long right = known.stream().filter(ClassifiedPicture::right).count();
      Double accuracy = known.isEmpty() ? null : (double) right / known.size();
      return new Classified(classes, pictures, accuracy);
    }
  }

  /**
   * What a picture was taken for.
   *
   * @param truth its class by its folder; null where unknown
   * @param ranked the likeliest classes, the first of them first
   */
  record ClassifiedPicture(String file, String truth, List<ClassShare> ranked) {
    /** Whether the likeliest class is the true one. */
    public boolean right() {
      return ranked.getFirst().label().equals(truth);
    }
  }

  /** A class and how likely it is, from 0 to 1. */
  record ClassShare(String label, double share) {}

  /** An untrained model is written. */
  record ModelMade(String path, long parameters, long bytes) implements Reply {}

  /**
   * What the engine computes with.
   *
   * @param version of the studio
   * @param threads of the processor
   * @param libtorch version of LibTorch
   * @param library folder of the LibTorch in use
   * @param chosen whether {@code PYTORCH_LIBRARY_PATH} named that folder
   * @param cuda whether this LibTorch was built with CUDA
   * @param cudaDevices CUDA devices it sees
   * @param driver version of the NVIDIA driver; empty where none is loaded
   */
  record Runtime(
      String version,
      long pid,
      int threads,
      String libtorch,
      String library,
      boolean chosen,
      boolean cuda,
      int cudaDevices,
      String driver)
      implements Reply {}

  /** How an arena stands; findings are empty where no claims were looked at. */
  record ArenaStands(Leaderboard leaderboard, List<Finding> findings) implements Reply {
    public ArenaStands {
      findings = findings == null ? List.of() : findings;
    }
  }

  /** The request ended without a result. */
  record Failed(Failure failure) implements Reply {}
}
