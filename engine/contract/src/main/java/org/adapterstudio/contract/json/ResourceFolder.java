package org.adapterstudio.contract.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON files in a folder of the class path, so that adding one needs no list of them. */
public final class ResourceFolder {
  private ResourceFolder() {}

  /**
   * What is made of every {@code .json} file below a folder, in the order of their paths.
   *
   * @param folder absolute on the class path, e.g. {@code /catalogue}
   */
  public static <T> List<T> read(String folder, Function<Path, T> reader) {
    try {
      var root = ResourceFolder.class.getResource(folder);
      if (root == null) {
        return List.of();
      }
      URI uri = root.toURI();
      if (!uri.getScheme().equals("jar")) {
        return files(Path.of(uri), reader);
      }
      try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
        return files(jar.getPath(folder), reader);
      } catch (FileSystemAlreadyExistsException e) {
        return files(FileSystems.getFileSystem(uri).getPath(folder), reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(folder + " cannot be listed", e);
    }
  }

  private static <T> List<T> files(Path root, Function<Path, T> reader) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted(java.util.Comparator.comparing(Path::toString))
          .map(reader)
          .toList();
    }
  }
}
