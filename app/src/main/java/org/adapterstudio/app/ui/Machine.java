package org.adapterstudio.app.ui;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this computer has left. Reads files and the JVM's own beans; call it off the UI thread. */
public final class Machine {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private Machine() {}

  /** Bytes of memory that a new process could take without swapping. */
  public static long memoryFree() {
    long available = meminfo("MemAvailable:");
    return available > 0 ? available : system().getFreeMemorySize();
  }

  /** Bytes of memory in all. */
  public static long memoryTotal() {
    return system().getTotalMemorySize();
  }

  /** Bytes left on the disk that holds a folder or will hold it. */
  public static long diskFree(Path folder) {
    Path at = folder.toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at.toFile().getUsableSpace();
  }

  private static com.sun.management.OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
  }

  /** The kernel counts caches it would give back, which the JVM's bean does not. */
  private static long meminfo(String field) {
    if (!Files.isReadable(MEMINFO)) {
      return 0;
    }
    try (var lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kib -> Long.parseLong(kib) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // the bean answers instead
    }
  }
}
