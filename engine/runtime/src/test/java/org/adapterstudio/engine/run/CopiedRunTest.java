package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedRunTest {
  @TempDir Path folder;

  @Test
  void aRunCopiedElsewhereShowsTheSameGoesOnByItselfAndSaysWhatIsMissing() throws Exception {
    var project = new PicoProject(folder.resolve("here"));
    RunFolder run = project.run("run");
    run.send(new Command.StopAfterEpoch());
    assertThat(RunEngine.run(run.path())).isTrue();
    RunFolder copy;
    RunFolder late;
    try (var held = EngineLock.take(run).orElseThrow()) {
      assertThat(held).isNotNull();
      copy = copied(run, folder.resolve("there/copy"));
      late = copied(run, folder.resolve("there/late"));
    }
    assertThat(RunHistory.of(copy).state()).isEqualTo(RunState.STOPPED);
    assertThat(RunHistory.of(copy).step()).isEqualTo(9);
    assertThat(Files.exists(copy.inbox())).as("an archive keeps no empty folders").isFalse();
    assertThat(RunEngine.run(copy.path())).isTrue();
    assertThat(RunHistory.of(copy).state()).isEqualTo(RunState.FINISHED);
    assertThat(copy.adapter()).isDirectory();
    assertThat(run.adapter()).doesNotExist();
    assertThat(RunHistory.of(run).state()).isEqualTo(RunState.STOPPED);

    Files.move(project.base(), folder.resolve("elsewhere"));
    assertThat(RunEngine.run(late.path())).isFalse();
    var failure = RunHistory.of(late).last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.kind()).isEqualTo("bad_input");
    assertThat(failure.sentence()).contains(project.base().toString());
    assertThat(RunHistory.of(late).state()).isEqualTo(RunState.FAILED);
    Files.move(folder.resolve("elsewhere"), project.base());
    assertThat(RunEngine.run(late.path())).isTrue();
  }

  /** All files, as an archive would carry them. */
  private static RunFolder copied(RunFolder run, Path place) throws IOException {
    try (var files = Files.walk(run.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = place.resolve(run.path().relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return RunFolder.open(place);
  }
}
