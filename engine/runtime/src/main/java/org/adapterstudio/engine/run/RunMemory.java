package org.adapterstudio.engine.run;

import java.util.Optional;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.memory.PeakWatch;
import org.adapterstudio.engine.memory.ProcessMemory;
import org.adapterstudio.engine.plan.Load;
import org.adapterstudio.engine.plan.Planner;
import org.adapterstudio.engine.train.Rows;

/** A run's memory: what was planned, and the peak since its base was loaded. */
final class RunMemory implements AutoCloseable {
  private final Session session;
  private final Reply.Memory plan;
  private final PeakWatch watch = new PeakWatch();

  RunMemory(Session session) {
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
    return new Event.MemoryMeasured(
        step, plan.parts(), plan.total(), watch.peak(), ProcessMemory.now().mapped());
  }

  /** What to say where the machine has too little; nothing where it has enough. */
  Optional<String> warning(Event.MemoryMeasured measured) {
    long machine = ProcessMemory.machine();
    return measured.peakBytes() < machine * 9 / 10
        ? Optional.empty()
        : Optional.of(
            "A step needs %,d MiB of this machine's %,d MiB of memory."
                    .formatted(measured.peakBytes() >> 20, machine >> 20)
                + " Lower the batch size or max_length, or switch activation_checkpointing on.");
  }

  @Override
  public void close() {
    watch.close();
  }
}
