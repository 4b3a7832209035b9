package org.adapterstudio.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
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
    int most = session.recipe().sampling().maxTokens();
    return session.lesson().answer(model, prompt, most).orElse("");
  }
}
