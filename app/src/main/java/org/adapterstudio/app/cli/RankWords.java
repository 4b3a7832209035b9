package org.adapterstudio.app.cli;

import java.util.Locale;
import org.adapterstudio.contract.advice.RankAdvice;
import org.adapterstudio.contract.advice.RankOutcome;

/** Advice on ranks, and what became of it, in sentences. */
final class RankWords {
  private RankWords() {}

  /** What the advice comes to. */
  static String summary(RankAdvice.Proposal advice) {
    if (advice.changes().isEmpty()) {
      return format(
          "Every layer needs the rank it has to keep %s %% of its energy.", share(advice.energy()));
    }
    String size =
        advice.parametersNow() == 0
            ? ""
            : format(
                " The adapter's layers take %s instead of %s.",
                Words.size(RankAdvice.NUMBER * advice.parametersAdvised()),
                Words.size(RankAdvice.NUMBER * advice.parametersNow()));
    return format(
        "At step %d, %d layers need less rank and %d more to keep %s %% of their energy.%s"
            + " Of the whole change %.2f %% is cut off.",
        advice.step(),
        advice.cut(),
        advice.grown(),
        share(advice.energy()),
        size,
        100 * advice.lost());
  }

  private static String share(double energy) {
    return format("%.1f", 100 * energy).replace(".0", "");
  }

  /** What a change of ranks did, and how the loss went on. */
  static String told(RankOutcome outcome) {
    String size =
        format(
            "Ranks of %d layers changed after step %d: %s became %s, %.2f %% was cut off.",
            outcome.layers(),
            outcome.step(),
            Words.size(outcome.bytesBefore()),
            Words.size(outcome.bytesAfter()),
            100 * outcome.lost());
    String loss =
        outcome.steps() == 0
            ? ""
            : format(
                " Mean loss of %d steps: %s before, %s after.",
                outcome.steps(), Words.loss(outcome.lossBefore()), Words.loss(outcome.lossAfter()));
    boolean held = outcome.evalBefore() != null && outcome.evalAfter() != null;
    String eval =
        held
            ? format(
                " Held-out loss: %s before, %s now.",
                Words.loss(outcome.evalBefore()), Words.loss(outcome.evalAfter()))
            : "";
    return size + loss + eval;
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
