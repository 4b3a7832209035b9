package org.adapterstudio.engine.run;

import java.util.Optional;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.memory.PeakWatch;
import org.adapterstudio.engine.memory.ProcessMemory;
import org.adapterstudio.engine.plan.Load;
import org.adapterstudio.engine.plan.Planner;
import org.adapterstudio.engine.train.Rows;

/** A run's memory: what was planned, and the peak since its base was loaded. */
final class RunMemory implements AutoCloseable {
  private static final double GROWN = 1.05;
  private final Session session;
  private final Reply.Memory plan;
  private final PeakWatch watch;
  private long toldPeak;

  RunMemory(Session session) {
    NativeHeap.trim(); // what loading needed for a moment is not a run's memory
    this.watch = new PeakWatch();
    this.session = session;
    Rows heaviest = session.lesson().heaviest();
    int heldOut = session.lesson().extent().evalRows();
    var network = session.base().network();
    var load = Load.of(network, heaviest.inputs(), heaviest.labels(), heldOut);
    this.plan = Planner.memory(session.recipe(), network, load);
  }

  /**
   * Computes the heaviest micro-batch once without an update, so that a run that will not fit is
   * known before its first step.
   */
  Event.MemoryMeasured rehearse(int step) {
    session.trainer().rehearse(session.lesson().heaviest());
    Event.MemoryMeasured measured = measured(step);
    watch.relax();
    return measured;
  }

  /** The peak so far. */
  Event.MemoryMeasured measured(int step) {
    toldPeak = watch.peak();
    return new Event.MemoryMeasured(
        step, plan.parts(), plan.total(), toldPeak, ProcessMemory.now().mapped());
  }

  /** The peak so far, where it has grown by a twentieth since it was last told. */
  Optional<Event.MemoryMeasured> grown(int step) {
    return watch.peak() > GROWN * toldPeak ? Optional.of(measured(step)) : Optional.empty();
  }

  @Override
  public void close() {
    watch.close();
  }
}
