package org.adapterstudio.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Files and methods stay small enough to read, and every package says what it is for. */
class SizeTest {
  private static final int LONGEST_FILE = 400;
  private static final int FILE_P90 = 200;
  private static final int LONGEST_METHOD = 60;

  @Test
  void noFileIsLongerThanAReaderBears() {
    List<Long> sizes = new ArrayList<>();
    List<String> tooLong = new ArrayList<>();
    for (Path file : Sources.java()) {
      long lines = Sources.text(file).lines().count();
      sizes.add(lines);
      if (lines > LONGEST_FILE) {
        tooLong.add(Sources.ROOT.relativize(file) + " has " + lines + " lines");
      }
    }
    sizes.sort(null);
    assertThat(tooLong).isEmpty();
    assertThat(sizes.get((int) (sizes.size() * 0.9)))
        .as("lines of the file at the 90th percentile")
        .isLessThanOrEqualTo(FILE_P90);
  }

  @Test
  void noMethodIsLongerThanAScreen() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var tooLong = new ArrayList<String>();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(Sources.java());
      var task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new LongMethods(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyPackageOfTheProgramSaysWhatItIsFor() {
    List<Path> silent =
        Sources.java().stream()
            .filter(file -> file.toString().contains(Path.of("src", "main").toString()))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList();
    assertThat(silent).as("packages without package-info.java").isEmpty();
  }

  @Test
  void noTestIsSwitchedOff() {
    Stream<Path> off =
        Sources.java().stream()
            .filter(file -> !file.endsWith("SizeTest.java"))
            .filter(file -> Sources.text(file).contains("@Disabled"));
    assertThat(off).isEmpty();
  }

  /** Collects methods whose source has more lines than allowed. */
  private static final class LongMethods extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      LineMap lines = unit.getLineMap();
      long start = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      if (start >= 0 && end >= 0) { // a record's own constructor has no place in the source
        long length = lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
        if (length > LONGEST_METHOD) {
          found.add(unit.getSourceFile().getName() + "#" + method.getName() + ": " + length);
        }
      }
      return super.visitMethod(method, none);
    }
  }
}
