package org.adapterstudio.contract.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.RunState;

/** A queue that exists on paper only: entries with what a disk would say of them. */
final class OnPaper {
  private final List<QueueEntry> entries = new ArrayList<>();
  private final List<Object> facts = new ArrayList<>();
  private final List<Journal.Line> journal = new ArrayList<>();

  /** What a run's folder says. */
  static final class Facts {
    private RunState state = RunState.WAITING;
    private int launches;
    private int losses;
    private RunFacts.Ending ending = RunFacts.Ending.NONE;
    private long startedSeq;
    private Failure failure;
    private int step;
    private String device = "cpu";
    private int micro = 4;
    private int accumulation = 4;
    private final TreeMap<Integer, Double> heldOut = new TreeMap<>();
    private final Map<Integer, Double> trained = new TreeMap<>();

    static Facts fresh() {
      return new Facts();
    }

    static Facts running(int step) {
      var facts = new Facts();
      facts.state = RunState.TRAINING;
      facts.launches = 1;
      facts.startedSeq = 1;
      facts.step = step;
      return facts;
    }

    static Facts ended(RunFacts.Ending how, RunState state, int step) {
      Facts facts = running(step);
      facts.state = state;
      facts.ending = how;
      return facts;
    }

    static Facts finished() {
      return ended(RunFacts.Ending.FINISHED, RunState.FINISHED, 100);
    }

    static Facts stopped(int step) {
      return ended(RunFacts.Ending.STOPPED, RunState.STOPPED, step);
    }

    static Facts failed(Failure failure) {
      Facts facts = ended(RunFacts.Ending.FAILED, RunState.FAILED, 3);
      facts.failure = failure;
      return facts;
    }

    static Facts lost(int losses) {
      Facts facts = ended(RunFacts.Ending.LOST, RunState.ENGINE_LOST, 40);
      facts.losses = losses;
      facts.launches = losses;
      return facts;
    }

    Facts stopping() {
      state = RunState.STOPPING;
      return this;
    }

    Facts on(String where) {
      device = where;
      return this;
    }

    Facts batch(int rows, int times) {
      micro = rows;
      accumulation = times;
      return this;
    }

    Facts scored(int at, double loss) {
      heldOut.put(at, loss);
      return this;
    }

    Facts trained(int at, double loss) {
      trained.put(at, loss);
      return this;
    }

    RunFacts get() {
      return new RunFacts(
          true,
          state,
          launches,
          losses,
          ending,
          9,
          startedSeq,
          9000,
          1000,
          8,
          failure,
          step,
          100,
          0,
          device,
          micro,
          accumulation,
          heldOut,
          trained);
    }
  }

  /** Adds a run. */
  OnPaper run(String id, Facts what, String... after) {
    return add(id, what, null, after);
  }

  /** Adds a run of the grid g. */
  OnPaper member(String id, Facts what, Integer... halveAt) {
    return add(
        id, what, new QueueEntry.GridPlace("g", List.of("adapter.rank=1"), List.of(halveAt)));
  }

  private OnPaper add(String id, Facts what, QueueEntry.GridPlace grid, String... after) {
    var work = new Work.Train("runs/" + id, 0, true, List.of());
    entries.add(new QueueEntry(id, entries.size(), 0, work, List.of(after), false, 1, grid));
    facts.add(what.get());
    return this;
  }

  /** Adds a command. */
  OnPaper act(String id, ActFacts what, String... after) {
    var work = new Work.Act(List.of("export", "a"), "/work");
    entries.add(new QueueEntry(id, entries.size(), 0, work, List.of(after), false, 1, null));
    facts.add(what);
    return this;
  }

  /** Holds the entry that was added last. */
  OnPaper held() {
    entries.add(entries.removeLast().held(true));
    return this;
  }

  /** Writes a deed down, at a second. */
  OnPaper did(int second, Deed deed) {
    journal.add(new Journal.Line(1000L * second, deed));
    return this;
  }

  /** The keeper meant to start a run that had never begun. */
  OnPaper launching(String id) {
    return did(0, new Deed.Launching(id, 1, "runs/" + id, 0));
  }

  /** The keeper asked a run's first engine to stop. */
  OnPaper asked(String id, Deed.Reason reason, int step) {
    return did(0, new Deed.StopAsked(id, 1, "runs/" + id, 1, reason, step));
  }

  /** Every entry as it stands. */
  List<Standing> standings() {
    var standings = new Standings(deeds());
    var all = new ArrayList<Standing>();
    for (int i = 0; i < entries.size(); i++) {
      QueueEntry entry = entries.get(i);
      all.add(
          switch (entry.work()) {
            case Work.Train work -> standings.of(entry, work, entry.id(), (RunFacts) facts.get(i));
            case Work.Act work -> standings.of(entry, work, (ActFacts) facts.get(i));
          });
    }
    return standings.linked(all);
  }

  /** One entry as it stands. */
  Standing standing(String id) {
    return standings().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  Deeds deeds() {
    return new Deeds(List.copyOf(journal));
  }

  Schedule schedule(QuietHours quiet) {
    return new Schedule(standings(), quiet, deeds());
  }

  /** What to do, in words. */
  static List<String> words(List<Next> next) {
    return next.stream().map(OnPaper::word).toList();
  }

  private static String word(Next next) {
    return switch (next) {
      case Next.Launch launch -> "start " + launch.what().id();
      case Next.Stop stop -> "stop " + stop.what().id() + " " + stop.reason() + " " + stop.step();
      case Next.Halve halve ->
          "halve %s at %d keeps %s"
              .formatted(
                  halve.verdict().grid(),
                  halve.verdict().step(),
                  String.join(
                      ", ",
                      halve.verdict().places().stream()
                          .filter(Halving.Place::kept)
                          .map(Halving.Place::entry)
                          .toList()));
      case Next.Shrink shrink ->
          "shrink %s to %d x %d"
              .formatted(
                  shrink.what().id(),
                  shrink.what().smaller().micro(),
                  shrink.what().smaller().accumulation());
    };
  }
}
