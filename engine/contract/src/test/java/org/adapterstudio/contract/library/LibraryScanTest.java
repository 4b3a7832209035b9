package org.adapterstudio.contract.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryScanTest {
  @TempDir Path root;

  @Test
  void findsAModelAtAnyDepthDownToTheEighthFolderAndNoDeeper() {
    Path at = root;
    for (int level = 1; level <= LibraryScan.DEPTH + 1; level++) {
      at = Folders.model(at.resolve("level" + level));
    }
    assertThat(LibraryScan.all(root))
        .hasSize(LibraryScan.DEPTH)
        .allMatch(LibraryEntry::sound)
        .last()
        .satisfies(deepest -> assertThat(deepest.name()).isEqualTo("level" + LibraryScan.DEPTH));
  }

  @Test
  void namesTheReasonOfATruncatedHeaderAndListsAllOthers() {
    for (int level = 1; level <= 5; level++) {
      Folders.model(root.resolve("a/b/c/d/e".substring(0, 2 * level - 1)).resolve("model" + level));
    }
    Folders.cut(root.resolve("a/b/c/model3/model.safetensors"), 20);
    List<LibraryEntry> entries = LibraryScan.all(root);
    assertThat(entries)
        .extracting(LibraryEntry::name)
        .containsExactlyInAnyOrder("model1", "model2", "model3", "model4", "model5");
    assertThat(entries)
        .filteredOn(entry -> !entry.sound())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.name()).isEqualTo("model3");
              assertThat(broken.problem()).startsWith("model.safetensors").contains("header");
            });
  }

  @Test
  void readsWhatTheHeadersSay() {
    Folders.model(root.resolve("m"));
    assertThat(LibraryScan.all(root))
        .singleElement()
        .isInstanceOfSatisfying(
            ModelEntry.class,
            model -> {
              assertThat(model.architecture()).isEqualTo("LlamaForCausalLM");
              assertThat(model.modelType()).isEqualTo("llama");
              assertThat(model.parameters()).isEqualTo(8);
              assertThat(model.dtype()).isEqualTo("float32");
              assertThat(model.tied()).isTrue();
              assertThat(model.supported()).isTrue();
              assertThat(model.bytes())
                  .isEqualTo(root.resolve("m/model.safetensors").toFile().length());
            });
  }

  @Test
  void followsLinksIntoTheHubCacheAndCallsModelsByTheirHubName() throws IOException {
    Path repository = root.resolve("models--acme--llama-pico");
    Path whole = Folders.model(root.resolve("elsewhere"));
    Path blobs = Files.createDirectories(repository.resolve("blobs"));
    Path snapshot = Files.createDirectories(repository.resolve("snapshots/0a1b2c"));
    Files.move(whole.resolve("config.json"), blobs.resolve("c0ffee"));
    Files.move(whole.resolve("model.safetensors"), blobs.resolve("beef"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/c0ffee"));
    Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/beef"));
    assertThat(LibraryScan.all(root))
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.name()).isEqualTo("acme/llama-pico");
              assertThat(model.problem()).isEmpty();
              assertThat(model.bytes()).isEqualTo(Files.size(blobs.resolve("beef")));
            });
  }

  @Test
  void saysThatALinkOfTheCacheLeadsNowhere() throws IOException {
    Path model = Folders.model(root.resolve("m"));
    Files.delete(model.resolve("model.safetensors"));
    Files.createSymbolicLink(model.resolve("model.safetensors"), Path.of("../blobs/gone"));
    assertThat(LibraryScan.all(root))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.problem()).contains("model.safetensors is a link");
            });
  }

  @Test
  void endsInACycleOfLinksAndReportsEachModelOnce() throws IOException {
    Path models = root.resolve("models");
    Folders.model(models.resolve("one"));
    Files.createSymbolicLink(models.resolve("one/back"), models);
    Files.createSymbolicLink(models.resolve("self"), models.resolve("self"));
    Files.createSymbolicLink(root.resolve("again"), models);
    assertThat(LibraryScan.all(root, models, root)).hasSize(1);
  }

  @Test
  void namesPickledWeightsThatAreNoTensors() {
    Path model = Folders.model(root.resolve("m"));
    assertThat(model.resolve("model.safetensors").toFile().delete()).isTrue();
    Folders.write(model.resolve("pytorch_model.bin"), "x");
    assertThat(LibraryScan.all(root).getFirst().problem())
        .contains("pytorch_model.bin is not a sound PyTorch file");
  }

  @Test
  void namesTheShardsThatAreMissing() {
    Path model = Folders.model(root.resolve("m"));
    Folders.write(
        model.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"w\": \"model.safetensors\", \"v\": \"model-2.safetensors\"}}");
    assertThat(LibraryScan.all(root).getFirst().problem()).contains("model-2.safetensors");
  }

  @Test
  void keepsAModelWhoseConfigurationIsNoJson() {
    Path model = Folders.model(root.resolve("m"));
    Folders.write(model.resolve("config.json"), "{\"architectures\": [");
    assertThat(LibraryScan.all(root).getFirst().problem()).contains("config.json");
  }

  @Test
  void knowsWhichBaseAnAdapterBelongsTo() {
    Path base = Folders.model(root.resolve("pico/base"));
    Folders.adapter(root.resolve("by-path"), base.toString());
    Folders.adapter(root.resolve("by-name"), "pico/base");
    Folders.adapter(root.resolve("other"), "somebody/else");
    List<LibraryEntry> entries = LibraryScan.all(root);
    ModelEntry model = only(entries, ModelEntry.class).getFirst();
    assertThat(model.name()).isEqualTo("pico/base");
    assertThat(only(entries, AdapterEntry.class))
        .filteredOn(adapter -> adapter.belongsTo(model))
        .extracting(AdapterEntry::name)
        .containsExactly("by-name", "by-path");
    assertThat(only(entries, AdapterEntry.class))
        .allSatisfy(
            adapter -> {
              assertThat(adapter.rank()).isEqualTo(4);
              assertThat(adapter.method()).isEqualTo("lora");
              assertThat(adapter.parameters()).isEqualTo(8);
            });
  }

  @Test
  void keepsABrokenAdapterWithItsReason() {
    Path adapter = Folders.adapter(root.resolve("a"), "x/y");
    Folders.cut(adapter.resolve("adapter_model.safetensors"), 4);
    assertThat(LibraryScan.all(root).getFirst().problem()).contains("adapter_model.safetensors");
  }

  @Test
  void listsRowsAndLeavesConfigurationsOut() {
    Folders.write(root.resolve("d/rows.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
    Folders.write(root.resolve("d/rows.csv"), "question,answer\n1,2\n");
    Folders.write(root.resolve("d/rows.json"), "[{\"text\": \"a\"}]");
    Folders.write(root.resolve("d/package.json"), "{\"name\": \"no rows\"}");
    Folders.write(root.resolve("d/broken.jsonl"), "{\"prompt\": \n");
    Folders.write(root.resolve("d/rows.parquet"), "PAR1 and what follows");
    Folders.write(root.resolve("d/other.parquet"), "{}");
    Folders.write(root.resolve("d/notes.txt"), "hello");
    Folders.model(root.resolve("m"));
    List<DataEntry> data = only(LibraryScan.all(root), DataEntry.class);
    assertThat(data)
        .extracting(DataEntry::name, DataEntry::columns, DataEntry::sound)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("broken.jsonl", List.of(), false),
            org.assertj.core.groups.Tuple.tuple("other.parquet", List.of(), false),
            org.assertj.core.groups.Tuple.tuple("rows.csv", List.of("question", "answer"), true),
            org.assertj.core.groups.Tuple.tuple("rows.json", List.of("text"), true),
            org.assertj.core.groups.Tuple.tuple(
                "rows.jsonl", List.of("prompt", "completion"), true),
            org.assertj.core.groups.Tuple.tuple("rows.parquet", List.of(), true));
  }

  @Test
  void showsARunsAdapterButNeitherItsCheckpointsNorItsEvents() {
    Path run = root.resolve("runs/first");
    Folders.write(run.resolve("recipe.json"), "{\"version\": 1}");
    Folders.write(run.resolve("events.jsonl"), "{\"type\": \"started\"}\n");
    Folders.adapter(run.resolve("adapter"), "x/y");
    Folders.adapter(run.resolve("checkpoints/step-10"), "x/y");
    assertThat(LibraryScan.all(root))
        .extracting(LibraryEntry::name)
        .containsExactly("first/adapter");
  }

  @Test
  void stopsWhenToldTo() {
    for (int n = 0; n < 10; n++) {
      Folders.model(root.resolve("m" + n));
    }
    var found = new ArrayList<LibraryEntry>();
    var scan = new LibraryScan(found::add, () -> found.size() == 3);
    scan.folder(root);
    assertThat(found).hasSize(3);
  }

  private static <E> List<E> only(List<LibraryEntry> entries, Class<E> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
