package org.adapterstudio.app.lineage;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.seal.Environment;
import org.adapterstudio.contract.run.seal.FileHashes;
import org.adapterstudio.contract.run.seal.Verification;

/** The family of a run and its seal, read when they are looked at. */
public final class FamilyViewModel {
  private final Services services;
  private final RunFolder run;
  private final BackgroundWork reading;
  private final BackgroundWork verifying;
  private final ReadOnlyObjectWrapper<Family> family = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Verification> verification = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  /** The family of a run, not read yet. */
  public FamilyViewModel(Services services, RunFolder run) {
    this.services = services;
    this.run = run;
    this.reading = new BackgroundWork(services);
    this.verifying = new BackgroundWork(services);
  }

  /** Reads the run and those around it, off the UI thread. */
  public void refresh() {
    reading.run(
        () -> Family.of(run, services.workingFolder()), family::set, services.dialogs()::show);
  }

  /** Reads base, rows and results again and holds them against the seal. */
  public void verify() {
    busy.set(true);
    verifying.run(
        () ->
            Verification.of(
                run,
                new Environment("", "", "", 0, Environment.processor()),
                FileHashes.fresh(Runs.home().resolve("hashes.json"))),
        found -> {
          busy.set(false);
          verification.set(found);
        },
        failure -> {
          busy.set(false);
          services.dialogs().show(failure);
        });
  }

  /** Shows another run. */
  public void open(RunFolder other) {
    services.navigator().showRun(other);
  }

  /** The run on disk. */
  public RunFolder run() {
    return run;
  }

  /** The services this part works with. */
  Services services() {
    return services;
  }

  /** The family as last read; null before. */
  public ReadOnlyObjectProperty<Family> familyProperty() {
    return family.getReadOnlyProperty();
  }

  /** The run held against its seal; null before that was asked. */
  public ReadOnlyObjectProperty<Verification> verificationProperty() {
    return verification.getReadOnlyProperty();
  }

  /** Whether the run is being held against its seal. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Ends what is under way. */
  public void close() {
    reading.close();
    verifying.close();
  }
}
