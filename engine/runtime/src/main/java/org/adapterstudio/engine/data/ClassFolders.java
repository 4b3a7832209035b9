package org.adapterstudio.engine.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/** A folder whose sub-folders are classes, named by them, with the pictures of each inside. */
final class ClassFolders {
  /** Endings of pictures; those that cannot be decoded are refused by name, not passed over. */
  private static final List<String> ENDINGS =
      List.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff");

  private ClassFolders() {}

  static List<LabelledFile> read(Path folder) {
    List<Path> classes = visible(folder).stream().filter(Files::isDirectory).toList();
    if (classes.isEmpty()) {
      throw StudioException.badInput(
          folder + " has neither a folder for each class nor a metadata.csv.",
          "Put the pictures of each class into a folder with its name, or write a metadata.csv with"
              + " the columns file_name and label.");
    }
    var files = new ArrayList<LabelledFile>();
    for (Path one : classes) {
      files.addAll(pictures(one));
    }
    return files;
  }

  private static List<LabelledFile> pictures(Path one) {
    String name = one.getFileName().toString();
    List<Path> children = visible(one);
    List<LabelledFile> pictures =
        children.stream()
            .filter(ClassFolders::isPicture)
            .map(file -> new LabelledFile(file, name, 0))
            .toList();
    if (pictures.isEmpty()) {
      boolean deeper = children.stream().anyMatch(Files::isDirectory);
      throw StudioException.badInput(
          "The class folder " + one + " holds no picture" + (deeper ? ", only folders." : "."),
          deeper ? "Name " + one + " itself as the data." : "Put pictures there, or remove it.");
    }
    return pictures;
  }

  /** Whether a folder has pictures and no folders. */
  static boolean isPlain(Path folder) {
    List<Path> children = visible(folder);
    return children.stream().noneMatch(Files::isDirectory)
        && children.stream().anyMatch(ClassFolders::isPicture);
  }

  /** The pictures of a folder, whose class nothing says. */
  static List<LabelledFile> plain(Path folder) {
    return visible(folder).stream()
        .filter(ClassFolders::isPicture)
        .map(file -> new LabelledFile(file, null, 0))
        .toList();
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
  }

  private static List<Path> visible(Path folder) {
    try (var children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StudioException(
          Failure.badInput(folder + " cannot be listed: " + e.getMessage(), "Check the folder."),
          e);
    }
  }
}
