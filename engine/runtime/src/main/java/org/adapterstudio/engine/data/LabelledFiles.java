package org.adapterstudio.engine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.image.ImageHeader;
import org.adapterstudio.engine.sound.WavFile;

/**
 * Pictures with their classes, or sounds with their transcripts, of a recipe's data section. Every
 * file's header is checked here; its contents are left to whoever makes a batch, so that memory
 * holds one batch of them.
 *
 * @param split files to train on and held out
 * @param bad files and rows that cannot be used
 */
public record LabelledFiles(Split<LabelledFile> split, List<BadRow> bad) {
  private static final List<String> CLASS = List.of("label", "class");
  private static final List<String> MASK = List.of("mask");
  private static final List<String> TRANSCRIPT = List.of("transcription", "text", "sentence");

  /**
   * Pictures: a folder of class folders, or a folder with a metadata file of the columns {@code
   * file_name} and {@code label}. Bad files are gathered, never refused here.
   */
  public static LabelledFiles pictures(Recipe recipe, LoadProgress progress) {
    return read(recipe, place -> pictures(place, recipe.data()), ImageHeader::read, progress);
  }

  /**
   * Pictures with masks: a folder with a metadata file of the columns {@code file_name} and {@code
   * mask}, both named from the folder. Bad files are gathered, never refused here.
   */
  public static LabelledFiles masked(Recipe recipe, LoadProgress progress) {
    return read(recipe, place -> masked(place, recipe.data()), ImageHeader::read, progress);
  }

  private static FileListing masked(Path place, Recipe.Data data) {
    Path metadata = FileListing.metadata(place);
    if (metadata == null) {
      throw StudioException.badInput(
          place
              + " has no metadata.csv or metadata.jsonl, so the masks of its pictures are unknown.",
          "Write one with the columns file_name and mask.");
    }
    FileListing listing = FileListing.read(metadata, data.columns(), MASK);
    var bad = new ArrayList<>(listing.bad());
    Path folder = metadata.toAbsolutePath().getParent();
    var files =
        listing.files().stream()
            .filter(one -> hasMask(one, folder, metadata, bad))
            .map(one -> new LabelledFile(one.file(), whole(folder, one.label()), one.line()))
            .toList();
    return new FileListing(files, bad);
  }

  private static String whole(Path folder, String mask) {
    return folder.resolve(mask).toString();
  }

  private static boolean hasMask(LabelledFile one, Path folder, Path metadata, List<BadRow> bad) {
    try {
      ImageHeader.read(folder.resolve(one.label()));
      return true;
    } catch (StudioException | java.nio.file.InvalidPathException e) {
      String reason = "names no readable picture: " + one.label();
      bad.add(new BadRow(metadata.toString(), one.line(), "mask", reason));
      return false;
    }
  }

  /**
   * Pictures of one place: a file, a folder of pictures, or a folder as above. Where nothing says
   * their class they have none. Bad files are refused.
   */
  public static List<LabelledFile> pictures(Path place) {
    FileListing listing = place(place);
    var bad = new ArrayList<>(listing.bad());
    var progress = new Progress(LoadProgress.NONE, listing.files().size());
    List<LabelledFile> sound = listing.sound(ImageHeader::read, bad, progress);
    if (!bad.isEmpty()) {
      throw StudioException.badInput(BadRows.sentence(bad), "Take them out, or correct them.");
    }
    return sound;
  }

  private static FileListing place(Path place) {
    if (!Files.exists(place)) {
      throw StudioException.badInput(place + " does not exist.", "Check the path.");
    }
    if (Files.isRegularFile(place) && ClassFolders.isPicture(place)) {
      return new FileListing(List.of(new LabelledFile(place, null, 0)), List.of());
    }
    boolean plain = FileListing.metadata(place) == null && ClassFolders.isPlain(place);
    return plain
        ? new FileListing(ClassFolders.plain(place), List.of())
        : pictures(place, Recipe.Data.of(place.toString()));
  }

  /**
   * Sounds: a folder of WAV files with a metadata file of the columns {@code file_name} and {@code
   * transcription} (or {@code text}, {@code sentence}). Bad files are gathered, never refused here.
   */
  public static LabelledFiles sounds(Recipe recipe, LoadProgress progress) {
    return read(recipe, place -> sounds(place, recipe.data()), WavFile::check, progress);
  }

  private static FileListing pictures(Path place, Recipe.Data data) {
    Path metadata = FileListing.metadata(place);
    return metadata == null
        ? new FileListing(ClassFolders.read(place), List.of())
        : FileListing.read(metadata, data.columns(), CLASS);
  }

  private static FileListing sounds(Path place, Recipe.Data data) {
    Path metadata = FileListing.metadata(place);
    if (metadata == null) {
      throw StudioException.badInput(
          place + " has no metadata.csv or metadata.jsonl, so what its sounds say is unknown.",
          "Write one with the columns file_name and transcription.");
    }
    return FileListing.read(metadata, data.columns(), TRANSCRIPT);
  }

  private static LabelledFiles read(
      Recipe recipe,
      Function<Path, FileListing> list,
      Consumer<Path> check,
      LoadProgress listener) {
    Recipe.Data data = recipe.data();
    boolean own = data.eval() != null && !data.eval().isBlank();
    FileListing train = list.apply(place(data.train(), "data.train"));
    FileListing eval = own ? list.apply(place(data.eval(), "data.eval")) : FileListing.EMPTY;
    var bad = new ArrayList<>(train.bad());
    bad.addAll(eval.bad());
    var progress = new Progress(listener, train.files().size() + (long) eval.files().size());
    List<LabelledFile> sound = train.sound(check, bad, progress);
    Split<LabelledFile> split =
        own
            ? new Split<>(sound, eval.sound(check, bad, progress))
            : Split.of(sound, data.evalFraction(), recipe.training().seed());
    return new LabelledFiles(split, List.copyOf(bad));
  }

  private static Path place(String written, String field) {
    if (written == null || written.isBlank()) {
      throw StudioException.badInput(
          "The recipe names no data (" + field + ").", "Choose a folder.");
    }
    Path place = Path.of(written);
    if (!Files.exists(place)) {
      throw StudioException.badInput(
          "The data folder " + place + " does not exist.", "Check " + field + ".");
    }
    return place;
  }

  /** Refuses to go on with bad files unless the recipe says so, and with none at all. */
  public LabelledFiles requireUsable(Recipe.Data data) {
    BadRows.requireUsable(bad, split.train().isEmpty(), data);
    return this;
  }
}
