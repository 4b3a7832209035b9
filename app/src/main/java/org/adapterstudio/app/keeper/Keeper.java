package org.adapterstudio.app.keeper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapterstudio.app.engine.RunLauncher;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.Deed;
import org.adapterstudio.contract.queue.Deeds;
import org.adapterstudio.contract.queue.Journal;
import org.adapterstudio.contract.queue.Next;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.Schedule;
import org.adapterstudio.contract.queue.SmallerBatch;
import org.adapterstudio.contract.queue.SmallerRun;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.EnginesAtWork;
import org.adapterstudio.contract.run.OsLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** Does what the schedule says, writing each deed down before it is done. */
public final class Keeper {
  private static final long PATIENCE_MILLIS = 1_000;

  private final QueueFolder queue;
  private final QueueEdits edits;
  private final QueueLooks looks;
  private final RunLauncher runs;
  private final ActLauncher acts;
  private final EnginesAtWork engines;
  private final InstantSource clock;

  /** A keeper that has not looked yet. */
  public Keeper(
      QueueFolder queue,
      RunLauncher runs,
      ActLauncher acts,
      EnginesAtWork engines,
      InstantSource clock) {
    this.queue = queue;
    this.edits = new QueueEdits(queue);
    this.looks = new QueueLooks(queue);
    this.runs = runs;
    this.acts = acts;
    this.engines = engines;
    this.clock = clock;
  }

  /**
   * Keeps the queue until nothing is due; false where another keeper has it.
   *
   * @param pause between two looks
   */
  public boolean keep(Runnable pause) {
    edits.editing(() -> null); // makes the folder
    boolean kept = false;
    while (true) {
      Optional<OsLock> lock = OsLock.take(queue.keeperLock(), PATIENCE_MILLIS);
      if (lock.isEmpty()) {
        return kept;
      }
      kept = true;
      try (var held = lock.get();
          var journal = Journal.open(queue.journalFile())) {
        keep(journal, pause);
      }
      // What was added while the lock fell found it held and started no keeper: look once more.
      if (!schedule(new Deeds(queue.journal())).anythingDue()) {
        return true;
      }
    }
  }

  private void keep(Journal journal, Runnable pause) {
    long pid = ProcessHandle.current().pid();
    write(journal, new Deed.Began(pid));
    while (tick(journal)) {
      pause.run();
    }
    write(journal, new Deed.Ended(pid));
  }

  /**
   * Looks once and does what is next; whether anything is left to wait for. Keepers of other queues
   * wait meanwhile, so that no two find the same device free.
   */
  boolean tick(Journal journal) {
    QueueFolder.make(engines.folder());
    try (var turn = OsLock.take(engines.folder().resolve("turn.lock"), 0).orElse(null)) {
      return turn == null || look(journal);
    }
  }

  private boolean look(Journal journal) {
    var deeds = new Deeds(queue.journal());
    Schedule schedule = schedule(deeds);
    List<Next> next = schedule.next(busy(), clock.instant(), ZoneId.systemDefault());
    next.forEach(one -> act(one, deeds, journal));
    return !next.isEmpty() || schedule.anythingDue();
  }

  private Schedule schedule(Deeds deeds) {
    return new Schedule(looks.look(deeds), queue.quiet(), deeds);
  }

  /** Devices of engines that somebody else started. */
  private Set<String> busy() {
    var own = new HashSet<RunFolder>();
    for (QueueEntry entry : queue.entries()) {
      if (entry.work() instanceof Work.Train train) {
        own.add(queue.run(train));
      }
    }
    var devices = new HashSet<String>();
    for (RunFolder run : engines.list()) {
      if (!own.contains(run)) {
        devices.add(device(run));
      }
    }
    return devices;
  }

  private static String device(RunFolder run) {
    try {
      return run.recipe().training().device();
    } catch (StudioException e) {
      return "auto"; // whatever it uses is not known: nothing may be started beside it
    }
  }

  private void act(Next next, Deeds deeds, Journal journal) {
    switch (next) {
      case Next.Launch launch -> launch(launch.what(), journal);
      case Next.Stop stop -> stop(stop, journal);
      case Next.Halve halve -> write(journal, halve.verdict());
      case Next.Shrink shrink ->
          trying(shrink.what(), journal, () -> shrink(shrink, deeds, journal));
    }
  }

  /** What cannot be done is tried again a few times, like a start; it ends no keeper. */
  private void trying(Standing what, Journal journal, Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException e) {
      String sentence = Failure.of(e).text();
      write(journal, new Deed.StartFailed(what.id(), what.entry().round(), sentence));
    }
  }

  private void launch(Standing what, Journal journal) {
    if (!announced(what, journal)) {
      return;
    }
    trying(
        what,
        journal,
        () -> {
          switch (what.entry().work()) {
            case Work.Train train -> runs.launch(queue.run(train));
            case Work.Act _ -> acts.launch(queue, what.entry());
          }
        });
  }

  /** Under the lock of edits, so that nobody takes out what is about to be started. */
  private boolean announced(Standing what, Journal journal) {
    return edits.editing(
        () -> {
          boolean same = queue.entry(what.id()).filter(what.entry()::equals).isPresent();
          if (!same || engineLives(what)) {
            return false; // looked at too early: the next look tells
          }
          var train = what.entry().work() instanceof Work.Train work ? work : null;
          write(
              journal,
              new Deed.Launching(
                  what.id(),
                  what.entry().round(),
                  train == null ? "" : train.run(),
                  train == null ? 0 : what.run().lastSeq()));
          return true;
        });
  }

  private boolean engineLives(Standing what) {
    return what.entry().work() instanceof Work.Train train && EngineLock.held(queue.run(train));
  }

  private void stop(Next.Stop stop, Journal journal) {
    Standing what = stop.what();
    if (!(what.entry().work() instanceof Work.Train train)) {
      return;
    }
    if (!stop.again()) {
      write(
          journal,
          new Deed.StopAsked(
              what.id(),
              what.entry().round(),
              train.run(),
              what.run().startedSeq(),
              stop.reason(),
              stop.step()));
    }
    queue.run(train).send(new Command.Stop());
  }

  /** The new folder is written down first: a keeper that dies between goes on with the same one. */
  private void shrink(Next.Shrink next, Deeds deeds, Journal journal) {
    Standing what = next.what();
    if (!(what.entry().work() instanceof Work.Train train)) {
      return;
    }
    RunFolder before = queue.run(train);
    SmallerBatch batch = what.smaller();
    RunFolder after =
        deeds.shrunk(what.id()).stream()
            .filter(deed -> deed.from().equals(train.run()))
            .map(deed -> new RunFolder(queue.path().getParent().resolve(deed.to())))
            .filter(run -> !Files.exists(run.path()) || SmallerRun.is(run, before, batch))
            .findFirst()
            .orElseGet(() -> announce(what, train, batch, journal));
    if (!Files.exists(after.path())) {
      SmallerRun.make(before, batch, after.path());
    }
    edits.change(what.id(), entry -> entry.doing(train.replacedBy(queue.name(after.path()))));
  }

  private RunFolder announce(Standing what, Work.Train train, SmallerBatch batch, Journal journal) {
    RunFolder before = queue.run(train);
    Path folder = Runs.fresh(before.path().getParent(), before.name());
    write(
        journal,
        new Deed.Shrunk(
            what.id(),
            what.entry().round(),
            train.run(),
            queue.name(folder),
            what.run().micro(),
            what.run().accumulation(),
            batch.micro(),
            batch.accumulation()));
    return new RunFolder(folder);
  }

  private void write(Journal journal, Deed deed) {
    journal.write(clock.millis(), deed);
  }
}
