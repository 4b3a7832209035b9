package org.adapterstudio.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.adapterstudio.app.engine.EngineStatus;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.watch.DiskWatch;
import org.adapterstudio.contract.run.RunFolder;

/** What the status bar says; asked for anew every few seconds. */
public final class StatusViewModel {
  private final BackgroundWork work;
  private final Supplier<Reading> probe;
  private final ReadOnlyObjectWrapper<Reading> reading = new ReadOnlyObjectWrapper<>();

  /**
   * One look at the machine.
   *
   * @param runs engines at work on runs
   * @param waiting runs that wait for a device
   * @param diskFree bytes where runs are written
   * @param memoryFree bytes a new process could take
   */
  public record Reading(
      EngineStatus engine,
      List<RunFolder> runs,
      int waiting,
      long diskFree,
      long memoryFree,
      long memoryTotal) {

    /** The engine in words. */
    public String engineText() {
      return switch (engine.phase()) {
        case ASLEEP -> Messages.text("status.engine.asleep");
        case STARTING -> Messages.text("status.engine.starting");
        case READY -> Messages.text("status.engine.ready", engine.device(), engine.threads());
        case STOPPED -> Messages.text("status.engine.stopped");
      };
    }

    /** Runs at work, in words. */
    public String runsText() {
      var words = new ArrayList<String>();
      if (!runs.isEmpty()) {
        words.add(Messages.text("status.runs.running", runs.size()));
      }
      if (waiting > 0) {
        words.add(Messages.text("status.runs.waiting", waiting));
      }
      return words.isEmpty() ? Messages.text("status.runs.none") : String.join(" · ", words);
    }

    /** Room on the disk, in words. */
    public String diskText() {
      return Messages.text(diskLow() ? "status.disk.low" : "status.disk", Formats.file(diskFree));
    }

    /** Whether the disk is nearly full. */
    public boolean diskLow() {
      return diskFree < DiskWatch.LOW_BYTES;
    }

    /** Room in memory, in words. */
    public String memoryText() {
      return Messages.text(
          "status.memory", Formats.memory(memoryFree), Formats.memory(memoryTotal));
    }
  }

  /** A bar that asks the probe on the background executor. */
  public StatusViewModel(BackgroundWork work, Supplier<Reading> probe) {
    this.work = work;
    this.probe = probe;
  }

  /** The last reading; null before the first. */
  public ReadOnlyObjectProperty<Reading> reading() {
    return reading.getReadOnlyProperty();
  }

  /** Looks again; a look that fails leaves the last one standing. */
  public void refresh() {
    work.run(probe::get, reading::set, _ -> {});
  }
}
