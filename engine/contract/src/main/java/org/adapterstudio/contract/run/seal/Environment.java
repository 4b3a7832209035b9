package org.adapterstudio.contract.run.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The program and the machine that a run was trained with.
 *
 * @param studio version of this program; empty where it is not compared, as with the others
 * @param libtorch version of the library that computes; empty where it was not asked
 * @param device cpu, cuda:0, ...
 * @param threads of the processor; 0 where they are not compared
 * @param cpu model of the processor
 */
public record Environment(String studio, String libtorch, String device, int threads, String cpu) {
  /** Names of these facts in a seal. */
  static final String STUDIO = "studio";

  static final String LIBTORCH = "libtorch";
  static final String DEVICE = "device";
  static final String THREADS = "threads";
  static final String CPU = "cpu";
  static final String OS = "os";
  static final String JAVA = "java";
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The processor's model as the system calls it; its architecture where it does not say. */
  public static String processor() {
    String told = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
    if (told != null) {
      return told;
    }
    if (Files.isReadable(CPUINFO)) {
      try (var lines = Files.lines(CPUINFO)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty("os.arch");
      }
    }
    return System.getProperty("os.arch");
  }

  /** By name, with what Java says of itself and the system. */
  public SequencedMap<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put(STUDIO, studio);
    facts.put(LIBTORCH, libtorch);
    facts.put(DEVICE, device);
    facts.put(THREADS, threads == 0 ? "" : Integer.toString(threads));
    facts.put(CPU, cpu);
    facts.put(OS, System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put(JAVA, System.getProperty("java.version"));
    return facts;
  }
}
