package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.data.Batch;
import org.adapterstudio.engine.data.DataPreview;
import org.adapterstudio.engine.data.Dataset;
import org.adapterstudio.engine.data.Encoder;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Prompt;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/** Predicting each next token of conversations or texts. */
public final class CausalLanguage implements Task {
  private static final int EVAL_ROWS = 8;

  @Override
  public boolean suits(Network network) {
    return network instanceof CausalLanguageModel;
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Tokenizer tokenizer = Tokenizer.load(model);
    try {
      var template = ChatTemplate.of(recipe.data(), model).orElse(null);
      return new Texts(
          recipe, tokenizer, template, Dataset.load(recipe, tokenizer, template, progress));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      ChatTemplate template = ChatTemplate.of(recipe.data(), model).orElse(null);
      return DataPreview.of(recipe, tokenizer, template, rows, progress);
    }
  }

  /**
   * Encoded rows.
   *
   * @param template that rows and prompts go through; null where there is none
   */
  private record Texts(Recipe recipe, Tokenizer tokenizer, ChatTemplate template, Dataset data)
      implements Lesson {
    @Override
    public Purpose purpose() {
      return Purpose.AS_STORED;
    }

    @Override
    public Extent extent() {
      return new Extent(
          data.trainRows(),
          data.evalRows(),
          data.cutRows(),
          data.microBatchesPerEpoch(),
          data.skipped());
    }

    @Override
    public Rows microBatch(long index) {
      return rows(data.microBatch(index));
    }

    @Override
    public Rows heaviest() {
      return rows(data.heaviest());
    }

    @Override
    public Optional<Measure> evaluate(AdaptedModel model) {
      var batches = data.evalBatches(EVAL_ROWS).stream().map(CausalLanguage::rows);
      return Trainer.evaluate(model, batches).map(Measure::of);
    }

    @Override
    public Optional<String> answer(AdaptedModel model, String prompt, int maxTokens) {
      return Optional.of(new Answering(model, tokenizer, maxTokens).one(Inputs.of(ids(prompt))));
    }

    @Override
    public List<Answered> answers(AdaptedModel model, int maxTokens, LoadProgress progress) {
      return new Answering(model, tokenizer, maxTokens)
          .all(
              data.evalQuestions(),
              question -> Inputs.of(question.ids()),
              Prompt::wanted,
              progress);
    }

    private int[] ids(String prompt) {
      return template == null
          ? tokenizer.encode(prompt, true)
          : new Encoder(tokenizer, template, recipe.data().maxLength())
              .prompt(List.of(new Request.Message("user", prompt)));
    }

    /** A template the person picked travels with the result; the model's own is copied with it. */
    @Override
    public Map<String, String> companions() {
      boolean picked = template != null && recipe.data().chatTemplate() != null;
      return picked ? Map.of("chat_template.jinja", template.source()) : Map.of();
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }

  /** A batch as the trainer takes it. */
  static Rows rows(Batch batch) {
    boolean packed = batch.packed();
    boolean padded = Arrays.stream(batch.attentionMask()).anyMatch(real -> real == 0);
    var in =
        Tokens.of(batch.inputIds(), batch.rows())
            .masked(padded ? batch.attentionMask() : null)
            .packed(packed ? batch.segmentIds() : null, packed ? batch.positionIds() : null);
    return new Rows(Inputs.of(in), batch.labels(), batch.lines());
  }
}
