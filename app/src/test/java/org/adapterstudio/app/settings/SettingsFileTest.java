package org.adapterstudio.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;

  @Test
  void aFirstStartFollowsTheSystemAndWritesNothing() {
    var settings = new SettingsFile(folder.resolve("home/settings.json"));
    assertThat(settings.get()).isEqualTo(Settings.defaults());
    assertThat(settings.get().theme()).isEqualTo("system");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void remembersEveryChange() {
    Path file = folder.resolve("home/settings.json");
    var settings = new SettingsFile(file);
    settings.update(now -> now.withTheme("dark").withLibraryFolders(List.of("a", "b")));
    settings.update(now -> now.withSize(1000, 700));
    assertThat(new SettingsFile(file).get())
        .isEqualTo(
            new Settings("dark", List.of("a", "b"), 1000.0, 700.0, null, null, null, null, null));
  }

  @Test
  void aFileThatCannotBeReadIsKeptAsideAndSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("settings.json"), "{\"theme\": ");
    var settings = new SettingsFile(file);
    assertThat(settings.get()).isEqualTo(Settings.defaults());
    assertThat(settings.problem())
        .get()
        .satisfies(
            problem -> {
              assertThat(problem.action()).contains("settings.json.unreadable");
            });
    assertThat(folder.resolve("settings.json.unreadable")).hasContent("{\"theme\": ");
  }
}
