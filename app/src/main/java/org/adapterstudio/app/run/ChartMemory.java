package org.adapterstudio.app.run;

import java.util.function.UnaryOperator;
import org.adapterstudio.app.settings.ChartChoices;
import org.adapterstudio.app.settings.SettingsFile;

/** Where it is kept how a person looks at charts. */
public interface ChartMemory {
  /** What was chosen so far. */
  ChartChoices get();

  /** Changes it for good. */
  void change(UnaryOperator<ChartChoices> change);

  /** In the person's settings. */
  static ChartMemory in(SettingsFile settings) {
    return new ChartMemory() {
      @Override
      public ChartChoices get() {
        return settings.get().charts();
      }

      @Override
      public void change(UnaryOperator<ChartChoices> change) {
        settings.update(all -> all.withCharts(change.apply(all.charts())));
      }
    };
  }

  /** As long as it is held. */
  static ChartMemory passing() {
    return new ChartMemory() {
      private ChartChoices choices = ChartChoices.DEFAULT;

      @Override
      public ChartChoices get() {
        return choices;
      }

      @Override
      public void change(UnaryOperator<ChartChoices> change) {
        choices = change.apply(choices);
      }
    };
  }
}
