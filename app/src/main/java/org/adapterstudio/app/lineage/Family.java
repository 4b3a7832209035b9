package org.adapterstudio.app.lineage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.RunTree;
import org.adapterstudio.contract.run.seal.Seal;

/**
 * Where a run comes from, what it left to go on from, and what came from it.
 *
 * @param origin of a branch
 * @param parent the run it came from, where that is known
 * @param checkpoints the newest first; whether they are sound is not asked
 * @param amendments in sentences, oldest first
 * @param branches that left this run, by their step
 * @param seal what the run was made of; nothing where it was started by an older version
 */
public record Family(
    Optional<Origin> origin,
    Optional<RunFolder> parent,
    List<StoredCheckpoint> checkpoints,
    List<String> amendments,
    List<RunTree.Node> branches,
    Optional<Seal> seal) {

  /** Reads a run and the runs around a folder. */
  static Family of(RunFolder run, Path workingFolder) {
    RunTree tree = RunTree.of(Runs.list(workingFolder));
    return new Family(
        Origin.of(run),
        tree.parentOf(run),
        StoredCheckpoint.glances(run).reversed(),
        Amendments.of(run).list().stream().map(Amendment::sentence).toList(),
        tree.find(run).map(RunTree.Node::children).orElse(List.of()),
        Seal.of(run));
  }
}
