package org.adapterstudio.contract.run.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.seal.Seal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTreeTest {
  @TempDir Path folder;
  private RunFolder root;
  private RunFolder late;
  private RunFolder early;
  private RunFolder grandchild;

  @BeforeEach
  void makeRuns() {
    root = run("root");
    late = branch("late", root, 200);
    early = branch("early", root, 100);
    grandchild = branch("grandchild", late, 300);
  }

  @Test
  void branchesStandBehindTheirParentByTheStepTheyLeftAt() {
    var tree = RunTree.of(List.of(grandchild, early, late, root));
    assertThat(tree.flat())
        .extracting(node -> node.run().name() + node.depth())
        .containsExactly("root0", "early1", "late1", "grandchild2");
    assertThat(tree.parentOf(grandchild)).contains(late);
    assertThat(tree.find(root).orElseThrow().parent()).isEmpty();
  }

  @Test
  void aParentThatMovedIsFoundByItsSealAndOneThatIsGoneIsToldAsUnknown() throws IOException {
    Path moved = Files.move(root.path(), folder.resolve("elsewhere"));
    var tree = RunTree.of(List.of(late, new RunFolder(moved)));
    assertThat(tree.parentOf(late)).contains(new RunFolder(moved));
    var node = RunTree.of(List.of(late)).flat().getFirst();
    assertThat(node.known()).isFalse();
    assertThat(node.depth()).isZero();
    assertThat(node.parent()).isEqualTo("root");
  }

  @Test
  void anotherRunAtTheParentsPlaceIsNotTakenForIt() throws IOException {
    Path moved = Files.move(root.path(), folder.resolve("elsewhere"));
    RunFolder other = run("root");
    new Seal(1, "other", 0, true, null, null, null).write(other);
    var tree = RunTree.of(List.of(other, late, new RunFolder(moved)));
    assertThat(tree.parentOf(late)).contains(new RunFolder(moved));
  }

  @Test
  void runsThatNameEachOtherMakeNoCircle() {
    new Origin("branch", "late", late.path().toString(), "late", "", 5, "", true, true).write(root);
    assertThat(RunTree.of(List.of(root, late)).flat()).hasSize(2);
  }

  private RunFolder branch(String name, RunFolder parent, int step) {
    RunFolder run = run(name);
    String recipe = Origin.recipeHash(parent);
    new Origin(
            "branch",
            parent.name(),
            parent.path().toString(),
            parent.name(),
            recipe,
            step,
            "",
            true,
            true)
        .write(run);
    return run;
  }

  private RunFolder run(String name) {
    var run =
        RunFolder.create(folder.resolve(name), new Recipe(1, null, null, null, null, null, null));
    new Seal(1, name, 0, true, null, null, null).write(run);
    return run;
  }
}
