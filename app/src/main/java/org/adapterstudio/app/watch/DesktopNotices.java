package org.adapterstudio.app.watch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The system's own notices, where it has them. None of the calls waits for anybody. */
public interface DesktopNotices extends AutoCloseable {
  /** A system without notices. */
  DesktopNotices NONE =
      new DesktopNotices() {
        @Override
        public boolean there() {
          return false;
        }

        @Override
        public void show(String title, Happening happening, Runnable onClick) {}
      };

  /** Whether the system has any. */
  default boolean there() {
    return true;
  }

  /** Shows one; a click may come at any later time, on any thread, or never. */
  void show(String title, Happening happening, Runnable onClick);

  @Override
  default void close() {}

  /** Those of this system: a notice program on Linux and macOS, the tray on Windows. */
  static DesktopNotices ofSystem(Executor background) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (os.contains("win")) {
      return new TrayNotices(background);
    }
    return program(os.contains("mac") ? "osascript" : "notify-send", System.getenv("PATH"))
        .<DesktopNotices>map(found -> new ProgramNotices(found, background))
        .orElse(NONE);
  }

  /** A program on a search path. */
  static Optional<Path> program(String name, String searched) {
    return Stream.of((searched == null ? "" : searched).split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
