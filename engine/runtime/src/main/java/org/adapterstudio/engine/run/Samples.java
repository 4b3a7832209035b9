package org.adapterstudio.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.method.AdaptedModel;

/** Answers the recipe's fixed prompts, greedily, by the base (once) and by the adapter. */
final class Samples {
  private final Session session;
  private final Journal journal;
  private final Map<String, String> baseAnswers = new HashMap<>();

  Samples(Session session, Journal journal) {
    this.session = session;
    this.journal = journal;
  }

  /** Answers every prompt as the model stands after {@code step}. */
  void answer(int step) {
    List<String> prompts = session.recipe().sampling().prompts();
    if (prompts.isEmpty()) {
      return;
    }
    journal.tell(Event.Phase.of("sampling"));
    try (AdaptedModel plain = AdaptedModel.plain(session.base())) {
      for (String prompt : prompts) {
        String base = baseAnswers.computeIfAbsent(prompt, p -> text(plain, p));
        journal.tell(new Event.Sampled(step, prompt, base, text(session.model(), prompt)));
      }
    }
    journal.tell(Event.Phase.of("training"));
  }

  private String text(AdaptedModel model, String prompt) {
    int most = session.recipe().sampling().maxTokens();
    return session.lesson().answer(model, prompt, most).orElse("");
  }
}
