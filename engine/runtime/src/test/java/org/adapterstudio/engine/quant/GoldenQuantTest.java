package org.adapterstudio.engine.quant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes, scales and decoded numbers beside those that bitsandbytes made. */
class GoldenQuantTest {
  @Test
  void bothTablesAreTheReferencesBitForBit() {
    try (var file = expected("bitsandbytes")) {
      assertThat(CodeTable.NF4.numbers()).containsExactly(file.floats("nf4.code").data());
      assertThat(CodeTable.DYNAMIC.numbers())
          .containsExactly(file.floats("dynamic_map_256").data());
      Golden.ran("quant/bitsandbytes, both tables");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 64", "1, 64", "2, 128"})
  void fourBitCodesAndScalesAreTheReferences(int number, int block) {
    try (var file = expected("bitsandbytes");
        Scope scope = Kernels.get().training()) {
      String at = number + ".nf4.";
      var packed = (BlockCodes) pack(Quantization.NF4, scope, block, file, number + ".weight");
      assertThat(longs(packed.codes())).containsExactly(file.longs(at + "packed"));
      assertThat(packed.scales().absmax(scope).toFloatArray())
          .containsExactly(file.floats(at + "absmax").data());
      assertThat(packed.decode(scope).toFloatArray())
          .containsExactly(file.floats(at + "dequantized").data());
      Golden.ran("quant/bitsandbytes, nf4 case " + number);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 64", "1, 64", "2, 128"})
  void doublyQuantizedScalesAreTheReferences(int number, int block) {
    try (var file = expected("bitsandbytes");
        Scope scope = Kernels.get().training()) {
      String at = number + ".nf4.nested.";
      var packed =
          (BlockCodes) pack(Quantization.NF4_DOUBLE, scope, block, file, number + ".weight");
      var nested = (BlockCodes.Nested) packed.scales();
      assertThat(longs(nested.codes())).containsExactly(file.longs(at + "absmax_codes"));
      assertThat(nested.absmax().toFloatArray())
          .containsExactly(file.floats(at + "absmax2").data());
      assertThat(nested.offset().getFloat()).isEqualTo(file.floats(at + "offset").data()[0]);
      assertThat(worst(file.floats(at + "dequantized"), packed, scope)).isLessThan(1e-6);
      Golden.ran("quant/bitsandbytes, double quantization case " + number);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void eightBitRowsAreTheReferences(int number) {
    try (var file = expected("bitsandbytes");
        Scope scope = Kernels.get().training()) {
      var packed = (RowCodes) pack(Quantization.INT8, scope, 64, file, number + ".weight");
      assertThat(longs(packed.codes())).containsExactly(file.longs(number + ".int8.codes"));
      assertThat(packed.absmax().toFloatArray())
          .containsExactly(file.floats(number + ".int8.row_absmax").data());
      Golden.ran("quant/bitsandbytes, int8 case " + number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loftq_iter1", "loftq_iter5", "qlora_forward"})
  void weightsThatAnotherProgramDecodedAreExactlyRepresentable(String name) {
    try (var file = expected(name);
        Scope scope = Kernels.get().training()) {
      List<String> weights =
          file.header().tensors().stream()
              .map(tensor -> tensor.name())
              .filter(tensor -> tensor.startsWith("dequantized."))
              .toList();
      assertThat(weights).isNotEmpty();
      for (String weight : weights) {
        Packed packed = pack(Quantization.NF4, scope, 64, file, weight);
        assertThat(worst(file.floats(weight), packed, scope)).as(weight).isLessThan(1e-6);
      }
      Golden.ran("quant/" + name + ", " + weights.size() + " decoded weights");
    }
  }

  @ParameterizedTest
  @CsvSource({"loftq_iter1, NF4", "qlora_forward, NF4_DOUBLE"})
  void theBasesOwnWeightsDecodeAsTheReferenceHasThem(String name, Quantization kind) {
    try (var file = expected(name);
        var base =
            SafetensorsFile.open(Golden.folder("models/llama").resolve("model.safetensors"));
        Scope scope = Kernels.get().training()) {
      for (var tensor : file.header().tensors()) {
        if (tensor.name().startsWith("dequantized.")) {
          String weight = tensor.name().substring("dequantized.".length());
          Packed packed = pack(kind, scope, 64, base, weight);
          assertThat(worst(file.floats(tensor.name()), packed, scope)).as(weight).isLessThan(1e-6);
        }
      }
      Golden.ran("quant/" + name + ", the base quantized here");
    }
  }

  @Test
  void aSpoiledScaleIsNoticed() {
    try (var file = expected("bitsandbytes");
        Scope scope = Kernels.get().training()) {
      var packed = (BlockCodes) pack(Quantization.NF4, scope, 64, file, "0.weight");
      float[] spoiled = packed.scales().absmax(scope).toFloatArray();
      spoiled[3] *= 1.0001f;
      var wrong =
          new BlockCodes(
              packed.codes(),
              new BlockCodes.Plain(scope.floats(spoiled, spoiled.length)),
              packed.pairs(),
              packed.shape(),
              packed.block());
      assertThat(worst(file.floats("0.nf4.dequantized"), wrong, scope)).isGreaterThan(1e-6);
    }
  }

  private static SafetensorsFile expected(String name) {
    return SafetensorsFile.open(Golden.folder("quant/" + name).resolve("expected.safetensors"));
  }

  private static Packed pack(
      Quantization kind, Scope scope, int block, SafetensorsFile file, String name) {
    Values weight = file.floats(name);
    NDArray array = scope.floats(weight.data(), weight.shape());
    return new Quantizer(kind, scope, block).pack(array, weight.shape());
  }

  private static double worst(Values expected, Packed packed, Scope scope) {
    return Compare.maxDifference(expected.data(), packed.decode(scope).toFloatArray());
  }

  private static long[] longs(NDArray codes) {
    return codes.toType(ai.djl.ndarray.types.DataType.INT64, false).toLongArray();
  }
}
