package org.adapterstudio.contract.serve;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * What the window or command line asks of the interactive engine ({@code EngineMain serve}), one
 * JSON object a line with an {@code id}. Every request is answered by any number of {@link Reply}s
 * with that id, the last being {@link Reply.Done} or {@link Reply.Failed}. A {@code quantization}
 * is what the base is held in: none, nf4, nf4-double or int8; null is as the adapter was trained.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Chat.class, name = "chat"),
  @JsonSubTypes.Type(value = Request.Logits.class, name = "logits"),
  @JsonSubTypes.Type(value = Request.PreviewData.class, name = "preview_data"),
  @JsonSubTypes.Type(value = Request.Plan.class, name = "plan"),
  @JsonSubTypes.Type(value = Request.Export.class, name = "export"),
  @JsonSubTypes.Type(value = Request.Convert.class, name = "convert"),
  @JsonSubTypes.Type(value = Request.Merge.class, name = "merge"),
  @JsonSubTypes.Type(value = Request.Score.class, name = "score"),
  @JsonSubTypes.Type(value = Request.Classify.class, name = "classify"),
  @JsonSubTypes.Type(value = Request.NewModel.class, name = "new_model"),
  @JsonSubTypes.Type(value = Request.Arena.class, name = "arena"),
  @JsonSubTypes.Type(value = Request.Runtime.class, name = "runtime"),
  @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel")
})
public sealed interface Request {
  /** One turn of a conversation. */
  record Message(String role, String content) {}

  /**
   * Generates an answer, streamed as {@link Reply.Token}s; done with {@link Reply.Generated}.
   *
   * @param adapter folder of an adapter or checkpoint; null is the base alone
   * @param raw continues the first message's content as it is, without a chat template
   * @param template name of a built-in template; null is the model's own
   * @param temperature 0 is greedy
   */
  record Chat(
      String model,
      String adapter,
      List<Message> messages,
      boolean raw,
      String template,
      int maxTokens,
      double temperature,
      double topP,
      long seed,
      int threads,
      String quantization)
      implements Request {
    /** On a base as the adapter was trained. */
    public Chat(
        String model,
        String adapter,
        List<Message> messages,
        boolean raw,
        String template,
        int maxTokens,
        double temperature,
        double topP,
        long seed,
        int threads) {
      this(
          model,
          adapter,
          messages,
          raw,
          template,
          maxTokens,
          temperature,
          topP,
          seed,
          threads,
          null);
    }
  }

  /** Runs inputs of a safetensors file through a model; done with {@link Reply.LogitsWritten}. */
  record Logits(
      String model,
      String adapter,
      String inputs,
      String out,
      String dtype,
      int threads,
      String quantization)
      implements Request {
    /** On a base as the adapter was trained. */
    public Logits(
        String model, String adapter, String inputs, String out, String dtype, int threads) {
      this(model, adapter, inputs, out, dtype, threads, null);
    }
  }

  /** Reads the recipe's data as training would; done with {@link Reply.DataPreviewed}. */
  record PreviewData(Recipe recipe, int rows) implements Request {}

  /** Everything that can be said before a run starts; done with {@link Reply.Planned}. */
  record Plan(Recipe recipe) implements Request {}

  /**
   * Writes an adapter (what = adapter) or the merged model (what = merged) and reopens it; done
   * with {@link Reply.Exported}.
   *
   * @param form of the adapter; null is as the method keeps it
   */
  record Export(
      String model, String adapter, String what, String out, Form form, String quantization)
      implements Request {
    /** In the method's own form, on a base as the adapter was trained. */
    public Export(String model, String adapter, String what, String out) {
      this(model, adapter, what, out, null, null);
    }

    /** On a base as the adapter was trained. */
    public Export(String model, String adapter, String what, String out, Form form) {
      this(model, adapter, what, out, form, null);
    }

    /**
     * Another form of an adapter.
     *
     * @param kind lora: a plain LoRA on the original base; residual: what is left of the base
     *     beside the adapter; delta: the dense change
     * @param rank most components where a LoRA may only come close; null is no limit
     * @param energy share of the squared singular values to keep; null is all
     */
    public record Form(String kind, Integer rank, Double energy) {}
  }

  /**
   * Writes an adapter under the keys of another program and reopens it; done with {@link
   * Reply.Exported}.
   *
   * @param adapter folder, checkpoint, or one file of any known form
   * @param to peft, which is a folder, or the form of one file: kohya, lycoris, onetrainer,
   *     diffusers
   */
  record Convert(String model, String adapter, String to, String out, String quantization)
      implements Request {
    /** On a base as the adapter was trained. */
    public Convert(String model, String adapter, String to, String out) {
      this(model, adapter, to, out, null);
    }
  }

  /**
   * Writes the weighted sum of adapters as one adapter; done with {@link Reply.Merged}.
   *
   * @param adapters folders of PEFT's, and how much of each goes in
   */
  record Merge(List<Part> adapters, String out) implements Request {
    /** An adapter and what its update is multiplied by. */
    public record Part(String adapter, double weight) {}
  }

  /**
   * Loss and the task's scores over every row of a data file, for conversations how many greedy
   * answers match exactly; done with {@link Reply.Scored}.
   */
  record Score(Recipe recipe, String adapter, String file, int maxTokens, int threads)
      implements Request {}

  /**
   * Says which class each picture belongs to; done with {@link Reply.Classified}.
   *
   * @param pictures files; folders of pictures; folders with a folder for each class
   * @param labels classes to choose from, for models that compare pictures with texts; where empty,
   *     those of the folders. Must be empty for models with classes of their own
   * @param templates texts with {} for the class, such as "a photo of a {}"
   * @param top how many classes to give for each picture
   */
  record Classify(
      String model,
      String adapter,
      List<String> pictures,
      List<String> labels,
      List<String> templates,
      int top,
      int threads,
      String quantization)
      implements Request {
    /** On a base as the adapter was trained. */
    public Classify(
        String model,
        String adapter,
        List<String> pictures,
        List<String> labels,
        List<String> templates,
        int top,
        int threads) {
      this(model, adapter, pictures, labels, templates, top, threads, null);
    }
  }

  /**
   * Draws the weights of an untrained model; done with {@link Reply.ModelMade}.
   *
   * @param from folder with the config.json, and perhaps tokenizer and preprocessor files
   */
  record NewModel(String from, String out, long seed) implements Request {}

  /**
   * Trains every method on the same small tasks, or looks at claims of the literature; goes on
   * where the folder's arena was; done with {@link Reply.ArenaStands}.
   *
   * @param out folder of the arena
   * @param project folder of the sample project whose base and rows are used
   * @param budgetMinutes over all requests with this folder
   * @param methods names of methods and start states; empty takes all
   */
  record Arena(
      String out,
      String project,
      double budgetMinutes,
      List<String> methods,
      int threads,
      boolean claims)
      implements Request {}

  /** Asks what the engine computes with; done with {@link Reply.Runtime}. */
  record Runtime() implements Request {}

  /** Ends the request with this id at its next safe point; it then fails with kind "cancelled". */
  record Cancel(long request) implements Request {}
}
