package org.adapterstudio.app.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;
import org.adapterstudio.contract.tensors.WeightsFile;

/**
 * What the right pane shows of one entry; read from disk, so off the UI thread.
 *
 * @param settings of its configuration, in file order
 * @param tensors of its files, in file order
 * @param firstRows of a data set, as they stand in the file
 */
public record EntryDetails(List<Setting> settings, List<Tensor> tensors, List<String> firstRows) {
  /** Nothing to show. */
  public static final EntryDetails NONE = new EntryDetails(List.of(), List.of(), List.of());

  private static final int ROWS = 20;

  /** One field of a configuration. */
  public record Setting(String name, String value) {}

  /** One stored tensor. */
  public record Tensor(String name, String dtype, List<Long> shape, long bytes) {}

  /** Reads what an entry's files say. */
  static EntryDetails read(LibraryEntry entry) {
    return switch (entry) {
      case ModelEntry model -> folder(model.path(), "config.json");
      case AdapterEntry adapter -> folder(adapter.path(), "adapter_config.json");
      case DataEntry rows -> new EntryDetails(List.of(), List.of(), firstRows(rows.path()));
    };
  }

  private static EntryDetails folder(Path folder, String config) {
    var tensors = new ArrayList<Tensor>();
    for (Path file : WeightsFile.all(folder)) {
      WeightsFile.header(file)
          .tensors()
          .forEach(t -> tensors.add(new Tensor(t.name(), t.dtype(), t.shape(), t.bytes())));
    }
    return new EntryDetails(settings(folder.resolve(config)), tensors, List.of());
  }

  private static List<Setting> settings(Path file) {
    JsonNode config = Json.read(file);
    var settings = new ArrayList<Setting>();
    config
        .properties()
        .forEach(field -> settings.add(new Setting(field.getKey(), words(field.getValue()))));
    return settings;
  }

  private static String words(JsonNode value) {
    return value.isValueNode() ? value.asText() : Json.line(value);
  }

  private static List<String> firstRows(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).limit(ROWS).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
