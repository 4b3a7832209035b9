package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.seal.Environment;
import org.adapterstudio.contract.run.seal.FileHashes;
import org.adapterstudio.contract.run.seal.Ingredients;
import org.adapterstudio.contract.run.seal.Seal;
import org.adapterstudio.contract.run.seal.SealDifference;
import org.adapterstudio.contract.run.seal.Sealing;
import org.adapterstudio.contract.run.seal.Verification;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.LibTorch;
import org.slf4j.LoggerFactory;

/**
 * Seals a run: what it is made of when it first starts, what it leaves when it ends. Files are read
 * by a thread of its own while the run trains. An engine that goes on holds the seal against what
 * is there now and warns where they differ.
 */
final class RunSeal implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 3000;
  private final RunFolder run;
  private final Journal journal;
  private final Behind behind;
  private final Recipe.Adapter settled;
  private final String template;
  private final Thread reader;
  private volatile boolean ended;

  private RunSeal(RunFolder run, Journal journal, Behind behind, Session session) {
    this.run = run;
    this.journal = journal;
    this.behind = behind;
    this.settled = session.model().settings();
    this.template = session.lesson().companions().getOrDefault("chat_template.jinja", "");
    this.reader = Thread.ofPlatform().daemon().name("seal").unstarted(this::read);
    reader.setPriority(Thread.MIN_PRIORITY);
  }

  /** Begins to seal a run, or to hold it against its seal. */
  static RunSeal begin(RunFolder run, Journal journal, Behind behind, Session session) {
    var seal = new RunSeal(run, journal, behind, session);
    seal.reader.start();
    return seal;
  }

  private void read() {
    try {
      Environment environment = environment();
      Optional<Seal> known = Seal.of(run);
      if (known.isEmpty() && !behind.untouched()) {
        return; // what the steps before were made of is not known
      }
      if (known.isEmpty()) {
        known = Optional.of(Sealing.begin(run, environment, settled, template));
        known.get().write(run);
      }
      FileHashes hashes = FileHashes.keptIn(Runs.home().resolve("hashes.json"));
      if (known.get().whole()) {
        compare(environment, hashes);
      } else {
        Sealing.whole(known.get(), hashes).write(run);
      }
    } catch (IOException | UncheckedIOException | StudioException e) {
      LoggerFactory.getLogger(RunSeal.class).warn("The run is not sealed", e);
    }
  }

  private void compare(Environment environment, FileHashes hashes) throws IOException {
    for (SealDifference difference : Verification.ingredients(run, environment, hashes)) {
      if (difference.status() == SealDifference.Status.DIFFERS && !ended) {
        journal.tell(new Event.Warned(behind.step(), sentence(difference)));
      }
    }
  }

  private static String sentence(SealDifference difference) {
    return "This run was started with another %s (%s, now %s). %s"
        .formatted(difference.what(), difference.before(), difference.now(), difference.meaning());
  }

  private Environment environment() {
    return new Environment(
        RunEngine.VERSION,
        LibTorch.inUse().version(),
        Kernels.get().device().name(),
        Threads.count(run.recipe().training().threads()),
        Environment.processor());
  }

  /** Adds the hashes of what the run left; waits until everything else is read. */
  void results() {
    try {
      reader.join();
      Optional<Seal> seal = Seal.of(run);
      if (seal.isPresent()) {
        seal.get().leaving(Ingredients.results(run)).write(run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Large files are read on until the process ends; the next engine reads what is left. */
  @Override
  public void close() {
    ended = true;
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
