package org.adapterstudio.engine.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.generate.Generator;
import org.adapterstudio.engine.generate.GreedyBatches;
import org.adapterstudio.engine.generate.Sampler;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Greedy answers as text. */
record Answering(AdaptedModel model, Tokenizer tokenizer, int maxTokens) {
  /** Examples whose inputs are held in memory together; a sound is about a megabyte. */
  private static final int HELD = 64;

  /** The answer to one prompt. */
  String one(Inputs prompt) {
    var generator = new Generator(model, stops());
    var answer = generator.generate(prompt, maxTokens, Sampler.of(0, 1, 0), _ -> {}, () -> false);
    return tokenizer.decode(answer.ids().stream().mapToInt(Integer::intValue).toArray(), true);
  }

  /** The answers to many examples beside what is wanted of each, in their order. */
  <E> List<Lesson.Answered> all(
      List<E> examples,
      Function<E, Inputs> inputs,
      Function<E, String> wanted,
      LoadProgress progress) {
    var batches = new GreedyBatches(model, stops(), maxTokens);
    var answers = new ArrayList<Lesson.Answered>();
    for (int from = 0; from < examples.size(); from += HELD) {
      List<E> some = examples.subList(from, Math.min(from + HELD, examples.size()));
      String[] written = new String[some.size()];
      batches.answerAll(
          some.stream().map(inputs).toList(),
          (i, ids) -> written[i] = tokenizer.decode(ids, true),
          () -> requireWanted(progress));
      for (int i = 0; i < written.length; i++) {
        answers.add(new Lesson.Answered(wanted.apply(some.get(i)), written[i]));
      }
      progress.report(answers.size(), examples.size());
    }
    return answers;
  }

  private Set<Integer> stops() {
    return new HashSet<>(tokenizer.specials().eosIds());
  }

  private static void requireWanted(LoadProgress progress) {
    if (progress.cancelled()) {
      throw new StudioException(new Failure("cancelled", "Cancelled.", "", ""));
    }
  }
}
