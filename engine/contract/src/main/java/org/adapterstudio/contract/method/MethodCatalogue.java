package org.adapterstudio.contract.method;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * All method cards on the class path: {@code catalogue/<kind>/<key>.json}. A new card needs no
 * entry.
 */
public final class MethodCatalogue {
  private static final List<MethodCard> CARDS = load();

  private MethodCatalogue() {}

  /** Every card, by kind, then title. */
  public static List<MethodCard> cards() {
    return CARDS;
  }

  /** The cards of one kind. */
  public static List<MethodCard> cards(String kind) {
    return CARDS.stream().filter(card -> card.kind().equals(kind)).toList();
  }

  /** The card of a key, or nothing. */
  public static Optional<MethodCard> find(String kind, String key) {
    return cards(kind).stream().filter(card -> card.key().equals(key)).findFirst();
  }

  /** The card of a key; an unknown key names the known ones. */
  public static MethodCard card(String kind, String key) {
    return find(kind, key)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no " + kind + " \"" + key + "\".",
                    "Known: "
                        + String.join(", ", cards(kind).stream().map(MethodCard::key).toList())
                        + "."));
  }

  private static List<MethodCard> load() {
    try {
      var root = MethodCatalogue.class.getResource("/catalogue");
      if (root == null) {
        return List.of();
      }
      URI uri = root.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/catalogue"));
      } catch (java.nio.file.FileSystemAlreadyExistsException e) {
        return read(FileSystems.getFileSystem(uri).getPath("/catalogue"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | FileSystemNotFoundException e) {
      throw new IllegalStateException("The catalogue cannot be listed", e);
    }
  }

  private static List<MethodCard> read(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> Json.as(Json.read(file), MethodCard.class))
          .sorted(Comparator.comparing(MethodCard::kind).thenComparing(MethodCard::title))
          .toList();
    }
  }
}
