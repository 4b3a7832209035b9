package org.adapterstudio.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.data.Encoder;
import org.adapterstudio.engine.generate.Generator;
import org.adapterstudio.engine.generate.Sampler;
import org.adapterstudio.engine.method.AdaptedModel;

/** Answers the recipe's fixed prompts, greedily, by the base (once) and by the adapter. */
final class Samples {
  private final Session session;
  private final EventLog log;
  private final Map<String, String> baseAnswers = new HashMap<>();

  Samples(Session session, EventLog log) {
    this.session = session;
    this.log = log;
  }

  /** Answers every prompt as the model stands after {@code step}. */
  void answer(int step) {
    List<String> prompts = session.recipe().sampling().prompts();
    if (prompts.isEmpty()) {
      return;
    }
    log.append(Event.Phase.of("sampling"));
    try (AdaptedModel plain = AdaptedModel.plain(session.base())) {
      for (String prompt : prompts) {
        String base = baseAnswers.computeIfAbsent(prompt, p -> text(plain, p));
        log.append(new Event.Sampled(step, prompt, base, text(session.model(), prompt)));
      }
    }
    log.append(Event.Phase.of("training"));
  }

  private String text(AdaptedModel model, String prompt) {
    int[] ids = ids(prompt);
    var stops = new HashSet<>(session.tokenizer().specials().eosIds());
    var answer =
        new Generator(model, stops)
            .generate(
                ids,
                session.recipe().sampling().maxTokens(),
                Sampler.of(0, 1, 0),
                _ -> {},
                () -> false);
    int[] tokens = answer.ids().stream().mapToInt(Integer::intValue).toArray();
    return session.tokenizer().decode(tokens, true);
  }

  private int[] ids(String prompt) {
    if (session.template() == null) {
      return session.tokenizer().encode(prompt, true);
    }
    var encoder =
        new Encoder(session.tokenizer(), session.template(), session.recipe().data().maxLength());
    return encoder.prompt(List.of(new Request.Message("user", prompt)));
  }
}
