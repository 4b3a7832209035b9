package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.advice.RankAdvice;
import org.adapterstudio.contract.advice.RankAdvisor;
import org.adapterstudio.contract.advice.RankOutcome;
import org.adapterstudio.contract.run.Command.ChangeRanks;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio advise}: ranks by what the run's spectra show, and their change while it runs. */
@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description = {
      "Advises a rank for every layer of a run: the smallest that keeps a share of the squared",
      "singular values of its update; more where a layer uses all it has. Says how small the",
      "adapter becomes and how much of the change is cut off.",
      "",
      "With --apply a running engine changes the ranks in place, the optimizer's state carried",
      "over, and goes on; a run at rest does so when it is resumed. Afterwards this command tells",
      "how the loss went on."
    },
    footer = {
      "",
      "Examples:",
      "  studio advise first-adapter",
      "  studio advise first-adapter --energy 0.99 --json",
      "  studio advise first-adapter --apply"
    })
final class AdviseCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(
      names = "--energy",
      paramLabel = "SHARE",
      description = "Share of the squared singular values to keep, up to 1. Default: 0.95.")
  private double energy = RankAdvisor.ENERGY;

  @Option(names = "--apply", description = "Changes the ranks as advised.")
  private boolean apply;

  @Mixin private JsonOutput json;

  AdviseCommand(Desk desk) {
    this.desk = desk;
  }

  /** What is printed for programs: one of advice and sentence, and the outcome of a last change. */
  private record Answer(RankAdvice.Proposal advice, String sentence, RankOutcome outcome) {}

  @Override
  public Integer call() {
    if (!(energy > 0 && energy <= 1)) {
      throw StudioException.badInput("--energy is " + energy + ".", "Use a number up to 1.");
    }
    RunFolder run = choice.find(desk);
    RunHistory history = RunHistory.of(run);
    RankAdvice advice = new RankAdvisor(energy).of(history, run.recipe());
    RankOutcome outcome = RankOutcome.of(history).orElse(null);
    var answer =
        switch (advice) {
          case RankAdvice.None none -> new Answer(null, none.sentence(), outcome);
          case RankAdvice.Proposal proposal -> new Answer(proposal, null, outcome);
        };
    json.print(desk, answer, () -> print(answer, open(history.state()) ? run.name() : null));
    if (apply) {
      apply(run, history, advice);
    }
    desk.out().flush();
    return Exit.OK;
  }

  private static boolean open(RunState state) {
    return state.live() || state.resumable();
  }

  /**
   * @param open name of the run while its ranks may still change; null afterwards
   */
  private void print(Answer answer, String open) {
    if (answer.outcome() != null) {
      desk.out().println(RankWords.told(answer.outcome()));
    }
    if (answer.sentence() != null) {
      desk.out().println(answer.sentence());
      return;
    }
    RankAdvice.Proposal advice = answer.advice();
    var table = new Table("LAYER", "RANK", "ADVISED", "EFFECTIVE", "CUT OFF");
    advice.layers().forEach(layer -> row(table, layer));
    desk.out().print(table);
    desk.out().println();
    desk.out().println(RankWords.summary(advice));
    if (!apply && open != null && !advice.changes().isEmpty()) {
      desk.out().println("`studio advise " + open + " --apply` changes them.");
    }
  }

  private static void row(Table table, RankAdvice.Layer layer) {
    table.row(
        layer.name(),
        Integer.toString(layer.rank()),
        Integer.toString(layer.advised()),
        RankWords.format("%.1f", layer.effectiveRank()),
        RankWords.format("%.1f %%", 100 * layer.lost()));
  }

  private void apply(RunFolder run, RunHistory history, RankAdvice advice) {
    if (!(advice instanceof RankAdvice.Proposal proposal) || proposal.changes().isEmpty()) {
      throw StudioException.badInput("There is nothing to apply.", "The run goes on as it is.");
    }
    RunState state = history.state();
    if (!open(state)) {
      throw StudioException.badInput(
          run.name() + " is " + state.words() + "; its ranks change no more.",
          "`studio export "
              + run.name()
              + " --as adapter --form lora --energy "
              + energy
              + " --out DIR` writes a smaller adapter.");
    }
    run.send(new ChangeRanks(proposal.changes()));
    if (state.live()) {
      await(run, history);
    } else {
      desk.out().println("The ranks change when it goes on: `studio resume " + run.name() + "`.");
    }
  }

  private void await(RunFolder run, RunHistory before) {
    int changes = before.all(Event.RankChanged.class).size();
    List<Event.Warned> warned = before.all(Event.Warned.class);
    RunHistory after =
        Live.await(
            run,
            now ->
                now.all(Event.RankChanged.class).size() > changes
                    || now.all(Event.Warned.class).size() > warned.size()
                    || !now.state().live());
    if (after.all(Event.RankChanged.class).size() > changes) {
      desk.out().println(RankWords.told(RankOutcome.of(after).orElseThrow()));
      return;
    }
    throw StudioException.badInput(
        after.all(Event.Warned.class).stream()
            .skip(warned.size())
            .map(Event.Warned::sentence)
            .findFirst()
            .orElse(run.name() + " ended before its ranks changed."),
        "");
  }
}
