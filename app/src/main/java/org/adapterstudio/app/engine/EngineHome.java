package org.adapterstudio.app.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Runs;

/**
 * Where the engine's Java and jars are: named by the launcher script, beside the runtime of an
 * installed image, or in the source tree these classes were built in.
 *
 * @param java the Java program
 * @param classPath jars and class folders
 */
public record EngineHome(Path java, List<Path> classPath) {
  private static final String PROPERTY = "adapterstudio.engine.lib";
  private static final long MIB = 1L << 20;

  /** Looks in the three places; where there is no engine, the failure says what was looked for. */
  public static EngineHome find() {
    Path home = Path.of(System.getProperty("java.home"));
    Path java = home.resolve("bin").resolve(windows() ? "java.exe" : "java");
    if (!Files.isExecutable(java)) {
      throw missing("There is no Java program at " + java + " to start the engine with.");
    }
    var jars =
        named()
            .or(() -> beside(home))
            .or(EngineHome::inSourceTree)
            .orElseThrow(() -> missing("The engine's jars are not beside this program."));
    return new EngineHome(java, jars);
  }

  /** The command that starts the interactive engine. */
  public List<String> serve() {
    return command("serve");
  }

  /** The command that trains the run in a folder. */
  public List<String> run(Path folder) {
    return command("run", folder.toString());
  }

  /**
   * Bounds how long the engine's CPU threads spin while they wait for each other. OpenMP's default
   * makes a step many times slower as soon as other programs want the cores; not spinning at all
   * costs half of what a second thread gains ({@code docs/performance.md}).
   */
  static void calm(Map<String, String> environment) {
    environment.putIfAbsent("GOMP_SPINCOUNT", "50000");
    environment.putIfAbsent("CUBLAS_WORKSPACE_CONFIG", ":4096:8"); // else sums differ by chance
  }

  /**
   * Lets a training engine keep the memory of one step for the next, in large pages: taking it anew
   * each time costs a few percent of a step in page faults ({@code docs/performance.md}).
   */
  static void keepMemory(Map<String, String> environment) {
    environment.putIfAbsent("THP_MEM_ALLOC_ENABLE", "1"); // PyTorch asks for large pages
    environment.putIfAbsent("MALLOC_MMAP_THRESHOLD_", "1073741824");
    environment.putIfAbsent("MALLOC_TRIM_THRESHOLD_", "4294967296");
    environment.putIfAbsent("MALLOC_TOP_PAD_", "67108864");
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMebibytes() + "m",
            "-Xms48m",
            "-Xmn16m", // a larger young heap only touches memory that tensors need
            "-XX:+UseSerialGC", // the work is in native code; keep the cores for it
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-DDJL_CACHE_DIR=" + Runs.home().resolve("natives"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()),
            "org.adapterstudio.engine.EngineMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * An eighth of the machine's memory, between 512 MiB and 4 GiB: tensors live outside the heap.
   */
  private static long heapMebibytes() {
    long total =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 8192 * MIB;
    return Math.clamp(total / MIB / 8, 512, 4096);
  }

  private static Optional<List<Path>> named() {
    String value = System.getProperty(PROPERTY);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    var entries =
        Arrays.stream(value.split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .flatMap(
                path -> Files.isDirectory(path) ? content(path).stream() : List.of(path).stream())
            .toList();
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
  }

  /** In an image the engine's folder stands next to the runtime or one to three folders above. */
  private static Optional<List<Path>> beside(Path javaHome) {
    Path at = javaHome;
    for (int up = 0; up < 4 && at != null; up++) {
      Path engine = at.resolveSibling("engine");
      if (!jars(engine).isEmpty()) {
        return Optional.of(jars(engine));
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  private static Optional<List<Path>> inSourceTree() {
    try {
      Path at =
          Path.of(EngineHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (; at != null; at = at.getParent()) {
        Path target = at.resolve("engine").resolve("runtime").resolve("target");
        var entries = new ArrayList<>(content(target));
        entries.addAll(jars(target.resolve("lib")));
        if (!entries.isEmpty()) {
          return Optional.of(entries);
        }
      }
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The jars of a folder, or its classes folder where it was compiled but not yet packaged. */
  private static List<Path> content(Path folder) {
    var jars = jars(folder);
    Path classes = folder.resolve("classes");
    return jars.isEmpty() && Files.isDirectory(classes) ? List.of(classes) : jars;
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StudioException missing(String sentence) {
    return new StudioException(
        new Failure(
            "engine_missing",
            sentence,
            "Start the studio by its own script or image; -D" + PROPERTY + " names the jars.",
            ""));
  }

  private static boolean windows() {
    return File.separatorChar == '\\';
  }
}
