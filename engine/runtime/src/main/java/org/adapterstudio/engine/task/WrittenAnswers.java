package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Transcripts;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/**
 * Examples that an encoder is given and a decoder answers in text.
 *
 * @param extent how much there is
 * @param kind what the examples are
 */
record WrittenAnswers<E>(Tokenizer tokenizer, Extent extent, Batching<E> batches, Kind<E> kind)
    implements Lesson {
  /** Held-out examples that are answered at an evaluation; all of them are in its loss. */
  private static final int ANSWERED = 64;

  /** Tokens that an answer may have beyond the longest wanted one. */
  private static final int SPARE = 8;

  /**
   * One kind of examples.
   *
   * @param inputs of one example, without padding
   * @param wanted text
   * @param said the wanted text as tokens
   * @param prompt inputs of what a person gives
   * @param scores of answers, by name
   */
  record Kind<E>(
      Function<E, Inputs> inputs,
      Function<E, String> wanted,
      Function<E, Transcripts.Said> said,
      Function<String, Inputs> prompt,
      Function<List<Answered>, Map<String, Double>> scores) {}

  /**
   * The network of a folder.
   *
   * @param reads whether it must read text, or else hear sound
   */
  static EncoderDecoder network(Path model, boolean reads) {
    if (Networks.read(model) instanceof EncoderDecoder network && network.reads() == reads) {
      return network;
    }
    throw StudioException.badInput(
        "%s is no encoder-decoder that %s.".formatted(model, reads ? "reads text" : "hears sound"),
        "Choose another task (model.task) or a base such as " + (reads ? "T5." : "Whisper."));
  }

  @Override
  public Purpose purpose() {
    return Purpose.AS_STORED;
  }

  @Override
  public Rows microBatch(long index) {
    return batches.microBatch(index);
  }

  @Override
  public Optional<Measure> evaluate(AdaptedModel model) {
    return Trainer.evaluate(model, batches.heldOut()).map(loss -> measure(model, loss));
  }

  private Measure measure(AdaptedModel model, double loss) {
    List<E> held = batches.examples().eval();
    List<E> asked = held.subList(0, Math.min(ANSWERED, held.size()));
    int longest = asked.stream().mapToInt(e -> kind.said.apply(e).ids().length).max().orElse(0);
    return new Measure(
        loss, kind.scores.apply(answers(model, asked, longest + SPARE, LoadProgress.NONE)));
  }

  @Override
  public List<Answered> answers(AdaptedModel model, int maxTokens, LoadProgress progress) {
    return answers(model, batches.examples().eval(), maxTokens, progress);
  }

  private List<Answered> answers(
      AdaptedModel model, List<E> asked, int maxTokens, LoadProgress progress) {
    return new Answering(model, tokenizer, maxTokens)
        .all(asked, kind.inputs, kind.wanted, progress);
  }

  @Override
  public Optional<String> answer(AdaptedModel model, String prompt, int maxTokens) {
    Inputs asked = kind.prompt.apply(prompt);
    return Optional.of(new Answering(model, tokenizer, maxTokens).one(asked));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
