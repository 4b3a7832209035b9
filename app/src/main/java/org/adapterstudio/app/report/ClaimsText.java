package org.adapterstudio.app.report;

import java.util.List;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Leaderboard;

/** What an arena says about claims of the literature, as Markdown. */
public final class ClaimsText {
  private ClaimsText() {}

  /** The report. */
  public static String of(List<Finding> findings, Leaderboard board) {
    var text = new StringBuilder("# Claims of the literature on a small scale\n\n");
    text.append(
        """
        Each claim is looked at as a direction, on a tiny base that has learnt to count up in words
        and must learn to count down. Everyone has the same number of steps at a constant learning
        rate and chooses that rate from the same few by successive halving, on a seed that does not
        count afterwards. What is compared are pairs of runs of one seed. An interval is the mean's,
        with 95 % confidence by Student's t; a claim shows where the whole of it lies above the
        bound. Rows that a start state reads before the first step are not counted as steps. Nothing
        was tuned for a claim.

        """);
    text.append(
        "| claim | verdict | mean | 95 % interval | bound | seeds |\n|---|---|---|---|---|---|\n");
    findings.forEach(finding -> text.append(row(finding)));
    text.append("\n## What was measured\n\n");
    findings.forEach(
        finding ->
            text.append(
                "**%s.** Measured: %s. %s.%n%n"
                    .formatted(
                        finding.claim(),
                        finding.measure(),
                        finding.note().replaceFirst("\\.$", ""))));
    text.append("## All runs\n\n");
    text.append(
        "| method | held-out loss | spread | trained numbers | learning rate | seeds x steps |\n");
    text.append("|---|---|---|---|---|---|\n");
    board.rows().forEach(row -> text.append(row(row)));
    return text.toString();
  }

  /** "1.20, 95 % from 0.80 to 1.60 over 5 seeds". */
  public static String interval(Finding finding) {
    var of = finding.interval();
    return "%.4g, 95 %% from %.4g to %.4g over %d seeds"
        .formatted(of.mean(), of.low(), of.high(), of.count());
  }

  private static String row(Finding finding) {
    var of = finding.interval();
    return of == null
        ? "| %s | %s | | | | |%n".formatted(finding.claim(), finding.verdict())
        : "| %s | **%s** | %.4g | %.4g to %.4g | %.4g | %d |%n"
            .formatted(
                finding.claim(),
                finding.verdict(),
                of.mean(),
                of.low(),
                of.high(),
                finding.bound(),
                of.count());
  }

  private static String row(Leaderboard.Row row) {
    return row.loss() == null
        ? "| %s | did not run: %s | | | | |%n".formatted(row.title(), row.failure())
        : "| %s | %.4f | %s | %d | %.2e | %d x %d |%n"
            .formatted(
                row.title(),
                row.loss(),
                row.spread() == null ? "" : "%.4f".formatted(row.spread()),
                row.trainable(),
                row.learningRate(),
                row.seeds(),
                row.steps());
  }
}
