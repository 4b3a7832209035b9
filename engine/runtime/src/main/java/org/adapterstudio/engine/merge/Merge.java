package org.adapterstudio.engine.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.export.StoredAdapter;

/**
 * Merges adapters into a new folder: written beside, read back, compared, and only then put in
 * place, so that a folder with the wanted name is whole and right.
 *
 * @param bytes of the result's weights
 * @param error largest difference, on drawn inputs, of the result's update from the weighted sum of
 *     the parts', as a share of that sum's largest number
 */
public record Merge(long bytes, double error) {
  /** What single precision may lose. */
  private static final double TOLERANCE = 1e-5;

  /** Writes the sum of parts; one adapter at weight 1 is copied as it is, whatever its kind. */
  public static Merge write(List<Part> parts, Path out) {
    if (Files.exists(out)) {
      throw StudioException.badInput(out + " is there already.", "Choose another folder.");
    }
    requireOneBase(parts);
    Path beside = out.resolveSibling("." + out.getFileName() + ".part");
    try {
      delete(beside);
      boolean single = parts.size() == 1 && parts.getFirst().whole();
      Merge merge = single ? copied(parts.getFirst(), beside) : summed(parts, beside);
      Files.move(beside, out, StandardCopyOption.ATOMIC_MOVE);
      return merge;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(beside);
    }
  }

  /** Names may be paths of one machine or another, so only their ends are compared. */
  private static void requireOneBase(List<Part> parts) {
    List<String> bases =
        parts.stream()
            .map(part -> part.adapter().base())
            .filter(base -> !base.isEmpty())
            .map(base -> base.substring(base.lastIndexOf('/') + 1))
            .distinct()
            .toList();
    if (bases.size() > 1) {
      throw StudioException.badInput(
          "The adapters were made for different bases: " + String.join(", ", bases) + ".",
          "Merge adapters of the same base; if these are one, correct base_model_name_or_path.");
    }
  }

  private static Merge copied(Part part, Path to) throws IOException {
    Path from = part.adapter().folder();
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    StoredAdapter read = StoredAdapter.read(to);
    if (!read.tensors().keySet().equals(part.adapter().tensors().keySet())) {
      throw broken(from + " changed while it was copied");
    }
    return new Merge(bytes(read), 0);
  }

  private static Merge summed(List<Part> parts, Path to) {
    Concat.Sum sum = Concat.of(parts);
    long bytes =
        parts.getFirst().adapter().writeFor(to, sum.settings(), sum.tensors(), Concat.told(parts));
    double error = error(parts, Update.all(StoredAdapter.read(to)));
    if (!(error <= TOLERANCE)) {
      throw broken("what was read back differs by " + error);
    }
    return new Merge(bytes, error);
  }

  private static StudioException broken(String what) {
    return new StudioException(
        new Failure("merge", "The merge was not written: " + what + ".", "Try again.", ""));
  }

  private static long bytes(StoredAdapter adapter) {
    return adapter.tensors().values().stream().mapToLong(values -> 4L * values.data().length).sum();
  }

  /** Compares updates on a drawn input of each module, in double precision. */
  private static double error(List<Part> parts, SequencedMap<Update.Home, Update> result) {
    var updates = parts.stream().map(part -> Update.all(part.adapter())).toList();
    double worst = 0;
    for (var entry : result.entrySet()) {
      double[] x = drawn(entry.getValue().in());
      double[] wanted = new double[(int) entry.getValue().b().shape()[0]];
      for (int i = 0; i < parts.size(); i++) {
        Update own = updates.get(i).get(entry.getKey());
        if (own != null) {
          own.addTo(wanted, x, parts.get(i).weight());
        }
      }
      double[] got = new double[wanted.length];
      entry.getValue().addTo(got, x, 1);
      worst = Math.max(worst, difference(wanted, got));
    }
    return worst;
  }

  private static double[] drawn(int count) {
    return new Random(count).doubles(count, -1, 1).toArray();
  }

  private static double difference(double[] wanted, double[] got) {
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < wanted.length; i++) {
      double off = Math.abs(wanted[i] - got[i]);
      apart = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(apart, off);
      largest = Math.max(largest, Math.abs(wanted[i]));
    }
    return apart == 0 ? 0 : apart / Math.max(largest, Float.MIN_NORMAL);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
