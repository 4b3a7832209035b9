package org.adapterstudio.app.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of this very program: the same Java, class path and places. */
public final class OwnProgram {
  private static final String MAIN = "org.adapterstudio.app.Launcher";
  private static final List<String> PLACES =
      List.of("adapterstudio.root", "adapterstudio.engine.lib");

  private OwnProgram() {}

  /** A subcommand with its arguments, in a small process that starts fast. */
  public static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    for (String place : PLACES) {
      String value = System.getProperty(place);
      if (value != null) {
        command.add("-D" + place + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of(arguments));
    return command;
  }
}
