package org.adapterstudio.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineHomeTest {
  private static final String PROPERTY = "adapterstudio.engine.lib";
  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void takesTheJarsThatTheLauncherNames() throws Exception {
    Path jar = Files.createFile(folder.resolve("runtime-0.1.0.jar"));
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Path other = Files.createFile(lib.resolve("other.jar"));
    Files.createFile(lib.resolve("notes.txt"));
    System.setProperty(PROPERTY, jar + File.pathSeparator + lib);
    assertThat(EngineHome.find().classPath()).containsExactly(jar, other);
  }

  @Test
  void startsTheEngineOfflineOnTheJavaItRunsOnItself() throws Exception {
    System.setProperty(PROPERTY, Files.createFile(folder.resolve("runtime.jar")).toString());
    var command = EngineHome.find().run(folder);
    assertThat(Path.of(command.getFirst()))
        .isExecutable()
        .startsWith(Path.of(System.getProperty("java.home")));
    assertThat(command)
        .contains("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true")
        .endsWith("org.adapterstudio.engine.EngineMain", "run", folder.toString());
  }
}
