package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunState;

/**
 * Why two runs differ, as far as their folders and those of other runs tell: what is different in
 * them, ranked by what other runs show of its effect and else by what usually is stronger, and what
 * nobody can know from a single pair.
 *
 * @param reasons the likely stronger first; empty where the settings are the same
 * @param difference lowest held-out loss of the second run less that of the first; null where one
 *     has none
 * @param chance how much runs like these vary by chance; null where nothing shows it
 * @param sentences what that comes to, in words
 */
public record Why(
    List<Reason> reasons, Double difference, Neighbours.Chance chance, List<String> sentences) {

  /**
   * One cause with what is known of its effect.
   *
   * @param measured change of the lowest held-out loss by this cause alone; null where no run shows
   *     it
   */
  public record Reason(Cause cause, Double measured) {
    /** What the cause acts on, in words. */
    public String title() {
      return Messages.text("compare.cause." + cause.kind().key());
    }

    /** How its effect is known, in words. */
    public String effect() {
      if (cause.kind() == Cause.Kind.WATCHING) {
        return Messages.text("compare.effect.none");
      }
      if (cause.kind().chance()) {
        return Messages.text("compare.effect.chance");
      }
      return measured == null
          ? Messages.text("compare.effect.unknown")
          : Messages.text("compare.effect.measured", signed(measured));
    }
  }

  /** What the folders of two runs and of their neighbours tell. */
  public static Why of(ComparedRun one, ComparedRun other, Neighbours neighbours) {
    Neighbours.Chance chance = neighbours.chance(one.recipe(), other.recipe());
    List<Reason> reasons = reasons(one, other, neighbours, chance);
    OptionalDouble first = one.bestLoss();
    OptionalDouble second = other.bestLoss();
    Double difference =
        first.isEmpty() || second.isEmpty()
            ? null
            : (Double) (second.getAsDouble() - first.getAsDouble());
    var sentences = new ArrayList<String>();
    sentences.add(kindOfDifference(reasons));
    sentences.add(effect(one, other, difference));
    if (difference != null) {
      sentences.add(chance(difference, chance, reasons));
    }
    cautions(one, other, reasons, sentences);
    return new Why(reasons, difference, chance, List.copyOf(sentences));
  }

  private static List<Reason> reasons(
      ComparedRun one, ComparedRun other, Neighbours neighbours, Neighbours.Chance chance) {
    double noise = chance == null ? 0 : chance.spread();
    return Cause.between(one, other).stream()
        .map(cause -> reason(cause, one.recipe(), other.recipe(), neighbours))
        .sorted(
            Comparator.<Reason>comparingInt(reason -> group(reason, noise))
                .thenComparing(
                    Comparator.comparingDouble((Reason reason) -> size(reason)).reversed())
                .thenComparing(reason -> reason.cause().kind()))
        .toList();
  }

  private static Reason reason(Cause cause, Recipe one, Recipe other, Neighbours neighbours) {
    boolean chosen = !cause.kind().chance();
    return new Reason(cause, chosen ? neighbours.effect(one, other, cause.kind()) : null);
  }

  /** Shown to matter, unknown, shown to do no more than chance, chance itself, no influence. */
  private static int group(Reason reason, double noise) {
    if (reason.cause().kind().chance()) {
      return reason.cause().kind() == Cause.Kind.WATCHING ? 4 : 3;
    }
    return reason.measured() == null ? 1 : size(reason) > noise ? 0 : 2;
  }

  private static double size(Reason reason) {
    return reason.measured() == null ? 0 : Math.abs(reason.measured());
  }

  private static String kindOfDifference(List<Reason> reasons) {
    List<Reason> chosen =
        reasons.stream().filter(reason -> !reason.cause().kind().chance()).toList();
    if (chosen.size() == 1) {
      return Messages.text("compare.why.one", chosen.getFirst().title());
    }
    if (chosen.size() > 1) {
      return Messages.text("compare.why.several", chosen.size());
    }
    return reasons.stream()
        .map(reason -> reason.cause().kind())
        .filter(kind -> kind != Cause.Kind.WATCHING)
        .findFirst()
        .map(kind -> Messages.text("compare.why.only." + kind.key()))
        .orElse(Messages.text("compare.why.same"));
  }

  private static String effect(ComparedRun one, ComparedRun other, Double difference) {
    if (difference == null) {
      return Messages.text("compare.why.unmeasured");
    }
    double from = one.bestLoss().orElseThrow();
    double to = other.bestLoss().orElseThrow();
    if (difference == 0) {
      return Messages.text("compare.why.equal", loss(from));
    }
    String share = from == 0 ? "" : String.format(Locale.ROOT, "%+.1f %%", 100 * difference / from);
    return Messages.text(
        difference < 0 ? "compare.why.lower" : "compare.why.higher",
        loss(to),
        loss(from),
        signed(difference),
        share);
  }

  private static String chance(double difference, Neighbours.Chance chance, List<Reason> reasons) {
    if (difference == 0) {
      return Messages.text("compare.why.equal.proof");
    }
    if (chance == null) {
      boolean same = reasons.stream().allMatch(reason -> reason.cause().kind().chance());
      return Messages.text(same ? "compare.why.chance.itself" : "compare.why.chance.unknown");
    }
    boolean beyond = Math.abs(difference) > 2 * chance.spread();
    return Messages.text(
        beyond ? "compare.why.chance.beyond" : "compare.why.chance.within",
        chance.runs(),
        loss(chance.spread()));
  }

  private static void cautions(
      ComparedRun one, ComparedRun other, List<Reason> reasons, List<String> sentences) {
    for (Reason reason : reasons) {
      if (reason.cause().kind() == Cause.Kind.DATA || reason.cause().kind() == Cause.Kind.BASE) {
        sentences.add(Messages.text("compare.caution." + reason.cause().kind().key()));
      }
    }
    unsealed(one, 1, sentences);
    unsealed(other, 2, sentences);
    caution(one, 1, sentences);
    caution(other, 2, sentences);
    int equal = equalSteps(one.loss(), other.loss());
    int both = Math.min(one.loss().size(), other.loss().size());
    if (equal > 0) {
      sentences.add(
          equal == both
              ? Messages.text("compare.why.losses.same", equal)
              : Messages.text("compare.why.losses.until", equal));
    }
  }

  private static void unsealed(ComparedRun run, int number, List<String> sentences) {
    if (run.origins().seal().isEmpty()) {
      sentences.add(Messages.text("compare.caution.unsealed", number));
    }
  }

  private static void caution(ComparedRun run, int number, List<String> sentences) {
    if (run.state() != RunState.FINISHED) {
      int total = run.planned() == null ? 0 : run.planned().totalSteps();
      sentences.add(
          Messages.text(
              "compare.caution.unfinished", number, run.state().words(), run.step(), total));
    }
  }

  /** How many losses are the same bit for bit, from the first step on. */
  static int equalSteps(Series one, Series other) {
    int both = Math.min(one.size(), other.size());
    for (int i = 0; i < both; i++) {
      if (one.x(i) != other.x(i) || Double.compare(one.y(i), other.y(i)) != 0) {
        return i;
      }
    }
    return both;
  }

  private static String loss(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
