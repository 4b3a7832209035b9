package org.adapterstudio.app.run;

import java.util.List;
import java.util.Map;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.advice.RankAdvice;
import org.adapterstudio.contract.advice.RankAdvisor;
import org.adapterstudio.contract.advice.RankOutcome;
import org.adapterstudio.contract.advice.RankRecord;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/** Ranks that a run's spectra advise; applying them asks the engine through the run's inbox. */
public final class RanksViewModel {
  /** Shares of energy to choose from. */
  static final List<Double> ENERGIES = List.of(0.9, RankAdvisor.ENERGY, 0.99);

  private final RunFolder run;
  private final Recipe recipe;
  private final RankRecord record = new RankRecord();
  private final DoubleProperty energy = new SimpleDoubleProperty(RankAdvisor.ENERGY);
  private final ObjectProperty<RankPanel> panel = new SimpleObjectProperty<>(RankPanel.EMPTY);
  private RunState state = RunState.WAITING;
  private RankAdvice advice = new RankAdvice.None("");
  private long warnings;
  private boolean moved = true;
  private Asked asked;

  /** What was known when ranks were asked for. */
  private record Asked(Event.RankChanged change, long warnings) {}

  RanksViewModel(RunFolder run, Recipe recipe) {
    this.run = run;
    this.recipe = recipe;
    energy.addListener((_, _, _) -> refresh());
  }

  /** Takes what the log tells anew. */
  void take(List<EventLog.Entry> fresh) {
    record.apply(fresh);
    for (EventLog.Entry entry : fresh) {
      boolean step = entry.event() instanceof Event.Step;
      warnings += entry.event() instanceof Event.Warned ? 1 : 0;
      moved |= !step || stepsMatter();
    }
  }

  /** Shows what was taken. */
  void look(RunState now) {
    moved |= now != state;
    state = now;
    if (answered()) {
      asked = null;
      moved = true;
    }
    if (moved) {
      refresh();
    }
  }

  /** Whether a step alone can change what is said: advice is awaited, or a change is young. */
  private boolean stepsMatter() {
    return advice instanceof RankAdvice.None || record.change().isPresent();
  }

  /** A change, or a warning that says why there is none. */
  private boolean answered() {
    return asked != null
        && (record.change().orElse(null) != asked.change()
            || state.live() && warnings > asked.warnings());
  }

  private void refresh() {
    moved = false;
    advice = new RankAdvisor(energy.get()).of(record, recipe);
    boolean open = state.live() || state.resumable();
    panel.set(RankPanel.of(advice, RankOutcome.of(record), open, notice()));
  }

  private String notice() {
    if (asked == null) {
      return "";
    }
    return Messages.text(state.live() ? "run.ranks.asked" : "run.ranks.asked.later");
  }

  /** Asks for the advised ranks: at once of a live engine, at the resume of a run at rest. */
  public void apply() {
    if (advice instanceof RankAdvice.Proposal proposal && !proposal.changes().isEmpty()) {
      Map<String, Integer> changes = proposal.changes();
      run.send(new Command.ChangeRanks(changes));
      asked = new Asked(record.change().orElse(null), warnings);
      refresh();
    }
  }

  /** Share of a layer's energy that its rank must keep. */
  public DoubleProperty energyProperty() {
    return energy;
  }

  /** What the tab says. */
  public ReadOnlyObjectProperty<RankPanel> panelProperty() {
    return panel;
  }
}
