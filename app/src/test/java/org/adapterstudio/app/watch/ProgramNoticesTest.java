package org.adapterstudio.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program that stands for the desktop's own writes down what it is given. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProgramNoticesTest {
  private static final String WRITE = "#!/bin/sh\nfor word; do echo \"$word\" >> %s; done\n";

  @TempDir Path folder;
  private final List<String> clicks = new ArrayList<>();

  @Test
  void showsASentenceAndOpensTheRunWhenClicked() throws Exception {
    show(WRITE + "echo default\n");
    assertThat(given())
        .contains("--urgency=critical", "Adapter Studio", "“a” failed")
        .anyMatch(word -> word.startsWith("--action="));
    assertThat(clicks).containsExactly("a");
  }

  @Test
  void anUnclickedNoticeOpensNothing() throws Exception {
    show(WRITE);
    assertThat(clicks).isEmpty();
  }

  @Test
  void aProgramWithoutActionsIsAskedAgainWithoutThem() throws Exception {
    show("#!/bin/sh\ncase \"$1\" in --*) exit 1;; esac\n" + WRITE.substring(10));
    assertThat(given()).containsExactly("Adapter Studio", "“a” failed");
  }

  @Test
  void aSystemWithoutTheProgramHasNoNotices() {
    assertThat(DesktopNotices.program("notify-send", folder.toString())).isEmpty();
    assertThat(DesktopNotices.program("notify-send", null)).isEmpty();
    assertThat(DesktopNotices.NONE.there()).isFalse();
  }

  private void show(String script) throws Exception {
    Path program = folder.resolve("notify-send");
    Files.writeString(program, script.formatted(folder.resolve("given")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path found =
        DesktopNotices.program("notify-send", "/nowhere" + File.pathSeparator + folder)
            .orElseThrow();
    try (var notices = new ProgramNotices(found, Runnable::run)) {
      var run = new RunFolder(Path.of("a"));
      notices.show(
          "Adapter Studio",
          new Happening(Happening.Kind.FAILED, run, "“a” failed"),
          () -> clicks.add(run.name()));
    }
  }

  private List<String> given() throws Exception {
    return Files.readAllLines(folder.resolve("given"));
  }
}
