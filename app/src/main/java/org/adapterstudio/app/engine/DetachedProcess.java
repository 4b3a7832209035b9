package org.adapterstudio.app.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Processes in sessions of their own: neither Ctrl-C, a closed terminal nor the death of this
 * program reaches them.
 */
public final class DetachedProcess {
  private DetachedProcess() {}

  /**
   * Starts a command.
   *
   * @param folder its working folder
   * @param log where its output is appended
   * @param environment changes what it inherits
   */
  public static Process start(
      List<String> command, Path folder, Path log, Consumer<Map<String, String>> environment) {
    var words = new ArrayList<String>();
    program("setsid").ifPresentOrElse(words::add, () -> program("nohup").ifPresent(words::add));
    words.addAll(command);
    var output = ProcessBuilder.Redirect.appendTo(log.toFile());
    var nothing = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    var builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(nothing)
            .redirectOutput(output)
            .redirectError(output);
    environment.accept(builder.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> program(String name) {
    String path = System.getenv("PATH");
    return File.separatorChar == '\\' || path == null
        ? Optional.empty()
        : Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
  }
}
