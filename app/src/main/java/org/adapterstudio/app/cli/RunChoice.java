package org.adapterstudio.app.cli;

import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Parameters;

/** The RUN parameter that several commands share. */
final class RunChoice {
  @Parameters(
      paramLabel = "RUN",
      description = "Name or folder of a run; `studio runs` lists them.")
  private String run;

  RunFolder find(Desk desk) {
    return Runs.find(run, desk.folder());
  }
}
