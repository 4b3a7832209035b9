package org.adapterstudio.app.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.advice.RankAdvice;
import org.adapterstudio.contract.advice.RankOutcome;

/**
 * What the tab of ranks says.
 *
 * @param outcome how the last change of ranks went on; empty where there was none
 * @param sentence what is advised, or why nothing is
 * @param rows layers, those that should change first
 * @param apply text of the button; empty where there is nothing to apply
 * @param notice what was asked for and has not happened yet; empty where nothing was
 */
public record RankPanel(
    List<String> outcome, String sentence, List<RankRow> rows, String apply, String notice) {
  /** Before the first look. */
  static final RankPanel EMPTY = new RankPanel(List.of(), "", List.of(), "", "");

  /**
   * One layer.
   *
   * @param name short
   * @param module whole name
   * @param rank now
   * @param advised rank
   * @param lost share of the layer's energy that would be cut off, in words; empty where none is
   */
  public record RankRow(String name, String module, int rank, int advised, String lost) {
    private static RankRow of(RankAdvice.Layer layer) {
      boolean cut = layer.advised() < layer.rank();
      return new RankRow(
          LayerName.shortened(layer.name()),
          layer.name(),
          layer.rank(),
          layer.advised(),
          cut ? percent(layer.lost()) : "");
    }

    /** Whether it should change. */
    boolean changes() {
      return rank != advised;
    }
  }

  static RankPanel of(
      RankAdvice advice, Optional<RankOutcome> outcome, boolean open, String notice) {
    List<String> told = outcome.map(RankPanel::told).orElse(List.of());
    return switch (advice) {
      case RankAdvice.None none -> new RankPanel(told, none.sentence(), List.of(), "", notice);
      case RankAdvice.Proposal proposal -> {
        int changes = proposal.changes().size();
        boolean acts = open && changes > 0 && notice.isEmpty();
        yield new RankPanel(
            told,
            sentence(proposal),
            proposal.layers().stream()
                .map(RankRow::of)
                .sorted((a, b) -> Boolean.compare(b.changes(), a.changes()))
                .toList(),
            acts ? Messages.text("run.ranks.apply", changes) : "",
            notice);
      }
    };
  }

  private static String sentence(RankAdvice.Proposal proposal) {
    String kept = Math.round(100 * proposal.energy()) + "\u00a0%";
    if (proposal.changes().isEmpty()) {
      return Messages.text("run.ranks.fits", kept);
    }
    String counts =
        proposal.grown() == 0
            ? Messages.text("run.ranks.less", proposal.cut(), proposal.layers().size(), kept)
            : Messages.text("run.ranks.both", proposal.cut(), proposal.grown(), kept);
    String size =
        proposal.parametersNow() == 0
            ? ""
            : Messages.text(
                "run.ranks.size",
                Formats.file(RankAdvice.NUMBER * proposal.parametersNow()),
                Formats.file(RankAdvice.NUMBER * proposal.parametersAdvised()));
    return counts + size + Messages.text("run.ranks.lost", percent(proposal.lost()));
  }

  private static List<String> told(RankOutcome outcome) {
    var lines = new java.util.ArrayList<String>();
    lines.add(
        Messages.text(
            "run.ranks.changed",
            outcome.step(),
            outcome.layers(),
            Formats.file(outcome.bytesBefore()),
            Formats.file(outcome.bytesAfter()),
            percent(outcome.lost())));
    if (outcome.steps() > 0 && outcome.lossBefore() != null && outcome.lossAfter() != null) {
      lines.add(
          Messages.text(
              "run.ranks.loss",
              outcome.steps(),
              Unit.LOSS.text(outcome.lossBefore()),
              Unit.LOSS.text(outcome.lossAfter())));
    }
    if (outcome.evalBefore() != null && outcome.evalAfter() != null) {
      lines.add(
          Messages.text(
              "run.ranks.eval",
              Unit.LOSS.text(outcome.evalBefore()),
              Unit.LOSS.text(outcome.evalAfter())));
    }
    outcome
        .lossPerMegabyte()
        .ifPresent(
            loss ->
                lines.add(
                    Messages.text(
                        loss > 0 ? "run.ranks.costs" : "run.ranks.free",
                        String.format(Locale.ROOT, "%.2g", Math.abs(loss)))));
    return lines;
  }

  private static String percent(double share) {
    return String.format(
        Locale.ROOT, share < 0.0995 ? "%.1f\u00a0%%" : "%.0f\u00a0%%", 100 * share);
  }
}
