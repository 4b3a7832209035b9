package org.adapterstudio.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final long SIZE = 64L << 20;

  @Test
  void theStatusOfAProcessIsReadWithSwappedPagesAsAnonymous() {
    String status =
        """
        Name:\tjava
        VmRSS:\t    1500 kB
        RssAnon:\t     900 kB
        RssFile:\t     500 kB
        RssShmem:\t     100 kB
        VmSwap:\t      50 kB
        """;
    assertThat(ProcessMemory.parse(status))
        .isEqualTo(new ProcessMemory(950 << 10, 600 << 10, 1500 << 10));
  }

  @Test
  void theWatchSeesMemoryThatIsGoneWhenAsked() {
    long before;
    long after;
    NativeHeap.trim(); // a block from memory that an earlier test freed would add nothing
    try (var watch = new PeakWatch()) {
      before = ProcessMemory.now().anonymous();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment block = arena.allocate(SIZE, 4096);
        for (long at = 0; at < SIZE; at += 4096) {
          block.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at, (byte) 1);
        }
        watch.peak();
      }
      after = watch.peak();
    }
    assertThat(after - before).isGreaterThanOrEqualTo(SIZE * 9 / 10);
  }
}
