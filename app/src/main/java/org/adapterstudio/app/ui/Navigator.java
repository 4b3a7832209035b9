package org.adapterstudio.app.ui;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/** Moves between the places of the window; the shell implements it. */
public interface Navigator {
  /** Shows the library. */
  void showLibrary();

  /** Shows the training form filled with a draft; null keeps what is there. */
  void showTrain(Recipe draft);

  /** Shows the list of runs. */
  void showRuns();

  /** Shows one run, live or ended. */
  void showRun(RunFolder run);

  /** Shows runs beside each other; of one alone, what it could be compared with. */
  void showCompare(List<RunFolder> runs);

  /** Opens the chat drawer on a base and, where not null, an adapter or checkpoint folder. */
  void openChat(Path model, Path adapter);
}
