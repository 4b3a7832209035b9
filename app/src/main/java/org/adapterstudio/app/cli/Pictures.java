package org.adapterstudio.app.cli;

import java.nio.file.Path;
import org.adapterstudio.contract.run.RunFolder;

/** The real window showing a run: live on a display, or as PNG files without one. */
public interface Pictures {
  /** Opens the window on a run where there is a display; the command goes on. */
  void openWindow(RunFolder run);

  /** Writes pictures of the window showing a run, light and dark, into a folder. */
  void take(RunFolder run, Path folder);
}
