package org.adapterstudio.engine.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * A folder of files with a {@code metadata.csv} (or {@code .tsv}, {@code .jsonl}) that names each
 * in the column {@code file_name} and says something of it in another, as Hugging Face's folder
 * data sets have it.
 *
 * @param files that are there, in the order of the metadata
 * @param bad rows of the metadata
 */
record FileListing(List<LabelledFile> files, List<BadRow> bad) {
  static final FileListing EMPTY = new FileListing(List.of(), List.of());

  private static final List<String> NAMES =
      List.of("metadata.csv", "metadata.tsv", "metadata.jsonl");

  /** The metadata file of a folder, or the file itself where it is one; null where none. */
  static Path metadata(Path place) {
    if (Files.isRegularFile(place)) {
      return place;
    }
    return NAMES.stream().map(place::resolve).filter(Files::isRegularFile).findFirst().orElse(null);
  }

  /**
   * Reads a metadata file.
   *
   * @param mapped field to column, where names differ
   * @param said names of the column that says something, the first that is there counts
   */
  static FileListing read(Path metadata, Map<String, String> mapped, List<String> said) {
    RowFile rows = RowFile.read(metadata, mapped);
    rows.requireColumns(mapped);
    String column = rows.firstOf(said, mapped);
    rows.firstOf(List.of("file_name"), mapped);
    var files = new ArrayList<LabelledFile>();
    var bad = new ArrayList<>(rows.bad());
    for (Row row : rows.rows()) {
      try {
        files.add(file(metadata, new RowFormat.Fields(row, mapped), column));
      } catch (RowRefused refused) {
        bad.add(new BadRow(metadata.toString(), row.line(), refused.field(), refused.getMessage()));
      }
    }
    return new FileListing(files, bad);
  }

  private static LabelledFile file(Path metadata, RowFormat.Fields fields, String column) {
    String name = fields.text("file_name");
    Path folder = metadata.toAbsolutePath().getParent().normalize();
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder)) {
        throw new RowRefused("file_name", "names a file outside the folder: " + name);
      }
      if (!Files.isRegularFile(file)) {
        throw new RowRefused("file_name", "names a file that is not there: " + name);
      }
      return new LabelledFile(file, LabelledTexts.label(fields, column), fields.row().line());
    } catch (InvalidPathException e) {
      throw new RowRefused("file_name", "is no path: " + name);
    }
  }

  /** The files that a check does not refuse; those that it refuses are added to the bad rows. */
  List<LabelledFile> sound(Consumer<Path> check, List<BadRow> bad, Progress progress) {
    var sound = new ArrayList<LabelledFile>();
    for (LabelledFile one : files) {
      try {
        check.accept(one.file());
        sound.add(one);
      } catch (StudioException e) {
        String words = e.failure().sentence();
        String name = one.file() + " ";
        String reason = words.startsWith(name) ? words.substring(name.length()) : words;
        bad.add(new BadRow(one.file().toString(), 0, "", reason));
      }
      progress.step();
    }
    return sound;
  }
}
