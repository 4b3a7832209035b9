package org.adapterstudio.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryViewModelTest {
  @TempDir Path folder;
  private final FakeServices fake = new FakeServices();
  private SettingsFile settings;
  private LibraryCatalogue catalogue;
  private LibraryViewModel library;

  @BeforeEach
  void open() {
    settings = new SettingsFile(folder.resolve("settings.json"));
    TinyModels.write(folder.resolve("work/project.json"), "{}");
    catalogue = catalogue(Map.of());
    library = new LibraryViewModel(fake.direct(folder.resolve("work")), catalogue);
  }

  @Test
  void remembersAddedFoldersAndForgetsRemovedOnes() {
    Path models = folder.resolve("models");
    TinyModels.llama(models.resolve("pico"), 32);
    catalogue.add(models);
    assertThat(new SettingsFile(folder.resolve("settings.json")).get().libraryFolders())
        .containsExactly(models.toString());
    assertThat(library.models()).hasSize(1);
    catalogue.remove(models);
    assertThat(settings.get().libraryFolders()).isEmpty();
    assertThat(library.models()).isEmpty();
    assertThat(library.empty().get()).isTrue();
  }

  @Test
  void aBrokenFileIsOneEntryWithItsReason() {
    TinyModels.llama(folder.resolve("models/good"), 32);
    Path broken = TinyModels.llama(folder.resolve("models/a/b/broken"), 32);
    TinyModels.truncate(broken.resolve("model.safetensors"));
    catalogue.add(folder.resolve("models"));
    assertThat(library.models())
        .extracting(LibraryEntry::name, LibraryEntry::sound)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("broken", false),
            org.assertj.core.groups.Tuple.tuple("good", true));
    library.selected().set(library.models().getFirst());
    assertThat(library.canTrain()).isFalse();
    assertThat(library.canChat()).isFalse();
    assertThat(library.detailProblem().get()).contains("model.safetensors");
  }

  @Test
  void findsTheHuggingFaceCacheAndOffersIt() {
    Path hub = folder.resolve("hf/hub");
    TinyModels.llama(hub.resolve("models--acme--pico/snapshots/1"), 32);
    LibraryCatalogue found = catalogue(Map.of("HF_HOME", folder.resolve("hf").toString()));
    found.rescan();
    assertThat(found.offers()).containsExactly(hub);
    found.add(hub);
    assertThat(found.offers()).isEmpty();
    assertThat(found.models()).extracting(LibraryEntry::name).containsExactly("acme/pico");
  }

  @Test
  void looksForTheCacheInTheHomeWhereNoVariableNamesAnother() {
    assertThat(catalogue(Map.of()).hubCache())
        .isEqualTo(folder.resolve("person/.cache/huggingface/hub"));
  }

  @Test
  void theFilterNarrowsByName() {
    TinyModels.llama(folder.resolve("models/alpha"), 32);
    TinyModels.llama(folder.resolve("models/beta"), 32);
    catalogue.add(folder.resolve("models"));
    library.filter().set("ALP");
    assertThat(library.models()).extracting(LibraryEntry::name).containsExactly("alpha");
    library.filter().set("");
    assertThat(library.models()).hasSize(2);
  }

  @Test
  void readsConfigurationAndTensorsOfTheChosenModel() {
    TinyModels.llama(folder.resolve("models/pico"), 32);
    catalogue.add(folder.resolve("models"));
    library.selected().set(library.models().getFirst());
    assertThat(library.details().get().settings())
        .contains(new EntryDetails.Setting("hidden_size", "32"));
    assertThat(library.details().get().tensors())
        .extracting(EntryDetails.Tensor::name)
        .contains("model.embed_tokens.weight")
        .hasSize(9);
  }

  @Test
  void trainsOnAModelWithARowSetAndChatsWithAnAdapterBesideItsBase() {
    Path base = TinyModels.llama(folder.resolve("models/pico"), 32);
    Path lora = TinyModels.lora(folder.resolve("models/dates"), base.toString(), 4);
    TinyModels.write(folder.resolve("models/data/rows.jsonl"), "{\"text\": \"a\"}\n");
    catalogue.add(folder.resolve("models"));
    library.selected().set(library.models().getFirst());
    library.train();
    library.selected().set(library.data().getFirst());
    library.train();
    library.selected().set(library.adapters().getFirst());
    library.chat();
    assertThat(fake.places).containsExactly("train", "train", "chat " + base + " " + lora);
  }

  @Test
  void anAdapterWhoseBaseIsNotHereCannotBeTalkedTo() {
    TinyModels.lora(folder.resolve("models/dates"), "somebody/else", 4);
    catalogue.add(folder.resolve("models"));
    AdapterEntry adapter = library.adapters().getFirst();
    library.selected().set(adapter);
    assertThat(library.baseOf(adapter)).isNull();
    assertThat(library.canChat()).isFalse();
  }

  @Test
  void aFileIsNoFolderAndTheRefusalSaysSo() {
    Path file = TinyModels.write(folder.resolve("notes.txt"), "hello");
    catalogue.add(file);
    assertThat(fake.said).singleElement().asString().contains("is not a folder");
    assertThat(settings.get().libraryFolders()).isEmpty();
  }

  @Test
  void aScanUnderWayCanBeStoppedAndNothingOfItArrivesLater() {
    TinyModels.llama(folder.resolve("models/pico"), 32);
    Queue<Runnable> waiting = new ArrayDeque<>();
    var slow =
        new LibraryCatalogue(
            fake.with(folder.resolve("work"), waiting::add, Runnable::run),
            settings,
            Map.of(),
            folder.resolve("person"));
    slow.add(folder.resolve("models"));
    assertThat(slow.scanning().get()).isTrue();
    slow.stopScan();
    waiting.forEach(Runnable::run);
    assertThat(slow.scanning().get()).isFalse();
    assertThat(slow.models()).isEmpty();
  }

  @Test
  void judgesMemoryByWhatIsFree() {
    var model = new ModelEntry(folder, "m", "", "llama", 1_000_000_000, "", 0, false, "");
    assertThat(Fit.of(model, 64L << 30)).isEqualTo(Fit.FITS);
    assertThat(Fit.of(model, 7L << 30)).isEqualTo(Fit.TIGHT);
    assertThat(Fit.of(model, 4L << 30)).isEqualTo(Fit.TOO_BIG);
    assertThat(Fit.of(model, 0)).isEqualTo(Fit.UNKNOWN);
  }

  private LibraryCatalogue catalogue(Map<String, String> environment) {
    return new LibraryCatalogue(
        fake.direct(folder.resolve("work")), settings, environment, folder.resolve("person"));
  }
}
