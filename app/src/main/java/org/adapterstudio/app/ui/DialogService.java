package org.adapterstudio.app.ui;

import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.Failure;

/** Everything a view model may ask of the person; tests pass a recording fake. */
public interface DialogService {
  /** Shows a failure as a card: sentence, action, folded detail. */
  void show(Failure failure);

  /** A short message that goes away by itself. */
  void notify(String sentence);

  /** A message with something that can still be done about it; it stays until put away. */
  void offer(String sentence, String actionName, Runnable action);

  /** Asks yes or no; the button names the action. */
  boolean confirm(String question, String actionName);

  /** Asks for a folder. */
  Optional<Path> chooseFolder(String title);

  /** Asks for a file. */
  Optional<Path> chooseFile(String title, String... globs);
}
