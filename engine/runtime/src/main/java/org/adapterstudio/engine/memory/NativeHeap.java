package org.adapterstudio.engine.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Memory that the C library keeps after it was freed. */
public final class NativeHeap {
  /** glibc has it; other C libraries keep less and have none. */
  private static final Optional<MethodHandle> TRIM = find("malloc_trim", ValueLayout.JAVA_LONG);

  private static final Optional<MethodHandle> SET =
      find("mallopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private static final int MMAP_THRESHOLD = -3;
  private static final int USUAL_THRESHOLD = 128 << 10;

  private NativeHeap() {}

  private static Optional<MethodHandle> find(String function, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments)));
  }

  /**
   * Gives what is free back to the system: after a phase whose arrays the next one does not need.
   * Within a phase the kept memory is what makes the next allocation cheap.
   */
  public static void trim() {
    TRIM.ifPresent(
        trim -> {
          try {
            int _ = (int) trim.invokeExact(0L);
          } catch (Throwable e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /**
   * Gives large arrays that are made meanwhile pages of their own, where the process was told to
   * keep freed memory: what lives as long as a model leaves no gaps between what comes and goes.
   */
  public static void apart(Runnable making) {
    Optional<Integer> kept = keptThreshold();
    kept.ifPresent(_ -> threshold(USUAL_THRESHOLD));
    try {
      making.run();
    } finally {
      kept.ifPresent(NativeHeap::threshold);
    }
  }

  private static Optional<Integer> keptThreshold() {
    return Optional.ofNullable(System.getenv("MALLOC_MMAP_THRESHOLD_"))
        .filter(value -> value.matches("[0-9]{1,9}|1[0-9]{9}"))
        .map(Integer::valueOf);
  }

  private static void threshold(int bytes) {
    SET.ifPresent(
        set -> {
          try {
            int _ = (int) set.invokeExact(MMAP_THRESHOLD, bytes);
          } catch (Throwable e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
