package org.adapterstudio.app.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Opens a folder in the system's file manager. */
public final class SystemFolderWindow {
  private SystemFolderWindow() {}

  /** Whether one could be started. */
  public static boolean open(Path folder) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String program = os.contains("win") ? "explorer" : os.contains("mac") ? "open" : "xdg-open";
    try {
      new ProcessBuilder(program, folder.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
