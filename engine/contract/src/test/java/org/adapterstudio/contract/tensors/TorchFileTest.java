package org.adapterstudio.contract.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch itself saved, and pickles written by hand that mean harm. */
class TorchFileTest {
  private static final Path SAVED = Path.of("src/test/resources/pytorch");

  /** Mark, persistent id of a float32 storage "0" with %d elements, and a view of it. */
  private static final String TENSOR =
      "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0"
          + "0X\3\0\0\0cpuK%ctQK%c(K%ct(K\1t\211ccollections\nOrderedDict\n)RtR";

  @TempDir Path folder;

  @Test
  void listsTheTensorsOfAStateDict() {
    TorchFile file = TorchFile.read(SAVED.resolve("state.bin"));
    assertThat(file.script()).isFalse();
    assertThat(file.tensors())
        .extracting(TorchFile.Tensor::name)
        .startsWith("a.weight", "a.turned", "a.row", "a.step")
        .endsWith("b.empty", "c.parameter")
        .hasSize(13);
    var turned = file.find("a.turned").orElseThrow();
    assertThat(turned.shape()).containsExactly(4L, 3L);
    assertThat(turned.contiguous()).isFalse();
    assertThat(file.find("b.bf16").orElseThrow().dtype()).isEqualTo("BF16");
    assertThat(file.find("b.whole").orElseThrow().shape()).isEmpty();
    assertThat(file.find("b.empty").orElseThrow().elements()).isZero();
  }

  @Test
  void listsRareTypesAndNestedDictionaries() {
    assertThat(TorchFile.read(SAVED.resolve("kinds.pt")).tensors())
        .extracting(TorchFile.Tensor::dtype)
        .containsExactly("F8_E4M3", "U16", "C64", "F32");
    assertThat(TorchFile.read(SAVED.resolve("nested.pt")).tensors())
        .extracting(TorchFile.Tensor::name)
        .containsExactly("model.weight", "model.bias", "list.0", "list.1.deep");
  }

  @Test
  void listsTheTensorsOfATorchScriptProgramWithoutItsCode() {
    for (String name : List.of("script.pt", "traced.pt")) {
      TorchFile file = TorchFile.read(SAVED.resolve(name));
      assertThat(file.script()).isTrue();
      assertThat(file.tensors())
          .extracting(TorchFile.Tensor::name)
          .contains("positions", "linear.weight", "blocks.1.bias");
    }
    assertThat(TorchFile.read(SAVED.resolve("traced.pt")).find("constants.0")).isPresent();
  }

  @Test
  void placesOfContiguousTensorsAreThoseOfASafetensorsHeader() {
    SafetensorsHeader header = TorchFile.read(SAVED.resolve("traced.pt")).header();
    var bias = header.find("linear.bias").orElseThrow();
    assertThat(bias.bytes()).isEqualTo(8);
    assertThat(bias.begin() % 64).isZero();
    assertThatThrownBy(() -> TorchFile.read(SAVED.resolve("state.bin")).header())
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("tensor a.turned is not stored row after row");
  }

  @ParameterizedTest
  @CsvSource({
    "refused_system.bin,posix.system",
    "refused_eval.bin,__builtin__.eval",
    "refused_module.pt,torch.nn.modules.linear.Linear"
  })
  void refusesByNameWhateverAFileAsksToRun(String name, String asked) {
    assertThatThrownBy(() -> TorchFile.read(SAVED.resolve(name)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(name + " asks to run " + asked + ": refused, nothing of it was run.")
        .hasMessageContaining("safetensors.torch.save_file");
    assertThat(Path.of("ran.txt")).doesNotExist();
  }

  @Test
  void classesOfAProgramAreTakenAsDataOnlyInAProgram() throws IOException {
    String made = "c__torch__\nNetwork\n)\201}X\1\0\0\0w" + TENSOR.formatted(4, 0, 4) + "sb.";
    TorchZip zip = TorchZip.pickle(made).with("archive/data/0", "\0".repeat(16));
    refused(zip, "asks to run __torch__.Network: refused");
    TorchFile read =
        TorchFile.read(zip.with("archive/constants.pkl", ").").write(folder.resolve("s.pt")));
    assertThat(read.tensors()).extracting(TorchFile.Tensor::name).containsExactly("w");
  }

  @Test
  void refusesFilesOfOtherFormats() throws IOException {
    assertThatThrownBy(() -> TorchFile.read(SAVED.resolve("legacy.bin")))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("is a bare pickle, as PyTorch saved before version 1.6")
        .hasMessageContaining("save it again");
    Path text = Files.writeString(folder.resolve("a.bin"), "GGUF");
    assertThatThrownBy(() -> TorchFile.read(text)).hasMessageContaining("does not start as one");
    assertThatThrownBy(() -> TorchFile.read(folder.resolve("missing.bin")))
        .hasMessageContaining("missing.bin does not exist");
    refused(TorchZip.pickle("}.").compressed(), "its part archive/data.pkl is compressed");
    refused(new TorchZip().with("a/b.txt", "x"), "a zip file without data.pkl");
    refused(TorchZip.pickle("}.").with("archive/byteorder", "big"), "the other byte order");
  }

  @Test
  void refusesTensorsThatReachBeyondTheirStorage() throws IOException {
    refused(tensor(4, 0, 5).with("archive/data/0", "\0".repeat(16)), "reaches beyond its storage");
    refused(tensor(4, 2, 3).with("archive/data/0", "\0".repeat(16)), "reaches beyond its storage");
    refused(tensor(4, 0, 4).with("archive/data/0", "\0".repeat(15)), "reaches beyond its storage");
    refused(tensor(4, 0, 4), "has no part archive/data/0");
  }

  private static TorchZip tensor(int stored, int offset, int size) {
    return TorchZip.pickle("}X\1\0\0\0w" + TENSOR.formatted(stored, offset, size) + "s.");
  }

  @Test
  void picklesThatLoopOrGrowEndSoon() throws IOException {
    TorchZip loop = TorchZip.pickle("]q\0h\0a.");
    assertThat(TorchFile.read(loop.write(folder.resolve("loop.pt"))).tensors()).isEmpty();
    var doubling = new StringBuilder("]q\0");
    for (char level = 1; level < 60; level++) {
      char below = (char) (level - 1);
      doubling.append("]q").append(level).append("(h").append(below).append("h").append(below);
      doubling.append("e");
    }
    TorchZip laughs = TorchZip.pickle(doubling.append(".").toString());
    assertThat(TorchFile.read(laughs.write(folder.resolve("laughs.pt"))).tensors()).isEmpty();
    refused(TorchZip.pickle("]".repeat(500) + "a".repeat(499) + "."), "nested too deeply");
    refused(TorchZip.pickle("X\377\377\377\177abc."), "its pickle is damaged");
  }

  @Test
  void damagedPicklesAreNamed() throws IOException {
    for (String bytes : List.of("", "q\0", "R.", "s.", "(", "t.", "K", "]K\1b.", "}]K\1s.")) {
      refused(TorchZip.pickle(bytes), "is not a sound PyTorch file");
    }
    refused(TorchZip.pickle("i."), "uses the operation 0x69 at byte 0, which is not known");
  }

  @Test
  void refusesFilesThatAreCutShort() throws IOException {
    byte[] whole = Files.readAllBytes(SAVED.resolve("state.bin"));
    for (int length : new int[] {4, 10, 500, whole.length / 2, whole.length - 10}) {
      Path cut = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TorchFile.read(cut))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("cut.bin is not a sound PyTorch file");
    }
  }

  private void refused(TorchZip zip, String words) throws IOException {
    Path file = zip.write(folder.resolve("made.pt"));
    assertThatThrownBy(() -> TorchFile.read(file))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(words);
  }
}
