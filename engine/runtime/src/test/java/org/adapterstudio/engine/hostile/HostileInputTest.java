package org.adapterstudio.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files of every kind that is read: no crash, no hang, no more memory than the file's size
 * justifies, and always either success or a refusal in words.
 */
class HostileInputTest {
  private static final int INPUTS = 500;
  private static final int NIGHTLY_INPUTS = 20_480;

  @TempDir Path work;

  @ParameterizedTest
  @EnumSource
  void damagedFilesAreReadOrRefusedInWords(Readers readers) {
    JqwikSession.run(() -> damage(readers, INPUTS, System.nanoTime()));
  }

  @Tag("nightly")
  @ParameterizedTest
  @EnumSource
  void manyDamagedFilesAreReadOrRefusedInWords(Readers readers) {
    JqwikSession.run(() -> damage(readers, NIGHTLY_INPUTS, System.nanoTime()));
  }

  private void damage(Readers readers, int inputs, long number) {
    System.out.println("hostile input: " + readers + ", " + inputs + " inputs, seed " + number);
    var random = new Random(number);
    var tally = new Tally();
    try (var guard = new Guard()) {
      List<Seed> seeds = seeds(readers, guard);
      var mutations = Mutation.several(readers.text()).generator(1000);
      for (int i = 0; i < inputs; i++) {
        Seed seed = seeds.get(random.nextInt(seeds.size()));
        tally.add(one(readers, guard, seed, mutations.next(random).value(), i));
        if (i % 1000 == 999) {
          JqwikSession.finishTry(); // lets go of what the generators keep
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    System.out.println("hostile input: " + readers + ", " + tally);
    assertThat(tally.refused).as("inputs that were refused").isPositive();
  }

  /** Sound files, each of which must be read; the first reading also loads what is loaded once. */
  private List<Seed> seeds(Readers readers, Guard guard) throws IOException {
    List<Seed> seeds = readers.seeds(work);
    for (Seed seed : seeds) {
      Files.write(seed.file(), seed.wrap().apply(seed.bytes().clone()));
      Guard.Outcome outcome = guard.read(seed.file(), readers.reader());
      assertThat(outcome.refusal()).as(seed.toString()).isIn("", allowed(readers, outcome));
    }
    return seeds;
  }

  /** A configuration for pictures is none for sound, so one of its two readers refuses it. */
  private static String allowed(Readers readers, Guard.Outcome outcome) {
    return readers == Readers.PREPARATION ? outcome.refusal() : "";
  }

  private static Guard.Outcome one(
      Readers readers, Guard guard, Seed seed, List<Mutation> mutations, int number)
      throws IOException {
    byte[] bytes = seed.bytes();
    for (Mutation mutation : mutations) {
      bytes = mutation.apply(bytes);
    }
    bytes = seed.wrap().apply(bytes.clone());
    Path file = seed.file();
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, bytes);
    try {
      Guard.Outcome outcome = guard.read(file, readers.reader());
      assertThat(outcome.allocated())
          .as("bytes of memory for a file of " + bytes.length)
          .isLessThanOrEqualTo(readers.limit(file));
      return outcome;
    } catch (AssertionError e) {
      Path kept = Files.createDirectories(Path.of("target/hostile"));
      Files.write(kept.resolve(readers + "-" + number + "-" + file.getFileName()), bytes);
      throw new AssertionError(
          "input %d, %s after %s, kept in %s: %s"
              .formatted(number, seed, mutations, kept, e.getMessage()),
          e);
    } finally {
      Files.write(file, sound);
    }
  }

  /** Numbers to look at. */
  private static final class Tally {
    private int read;
    private int refused;
    private long mostAllocated;
    private long slowest;

    void add(Guard.Outcome outcome) {
      read += outcome.refused() ? 0 : 1;
      refused += outcome.refused() ? 1 : 0;
      mostAllocated = Math.max(mostAllocated, outcome.allocated());
      slowest = Math.max(slowest, outcome.nanos());
    }

    @Override
    public String toString() {
      return "%d read, %d refused, most memory %d kB, slowest %.1f ms"
          .formatted(read, refused, mostAllocated / 1024, slowest / 1e6);
    }
  }
}
