package org.adapterstudio.contract.tensors;

import java.util.Map;
import java.util.Optional;

/**
 * An element type of PyTorch.
 *
 * @param dtype its name in safetensors files
 * @param width bytes of one element
 */
record TorchType(String dtype, int width) {
  private static final Map<String, TorchType> STORAGES =
      Map.ofEntries(
          Map.entry("DoubleStorage", new TorchType("F64", 8)),
          Map.entry("FloatStorage", new TorchType("F32", 4)),
          Map.entry("HalfStorage", new TorchType("F16", 2)),
          Map.entry("BFloat16Storage", new TorchType("BF16", 2)),
          Map.entry("LongStorage", new TorchType("I64", 8)),
          Map.entry("IntStorage", new TorchType("I32", 4)),
          Map.entry("ShortStorage", new TorchType("I16", 2)),
          Map.entry("CharStorage", new TorchType("I8", 1)),
          Map.entry("ByteStorage", new TorchType("U8", 1)),
          Map.entry("BoolStorage", new TorchType("BOOL", 1)),
          Map.entry("ComplexFloatStorage", new TorchType("C64", 8)));

  private static final Map<String, TorchType> NAMES =
      Map.ofEntries(
          Map.entry("float64", new TorchType("F64", 8)),
          Map.entry("float32", new TorchType("F32", 4)),
          Map.entry("float16", new TorchType("F16", 2)),
          Map.entry("bfloat16", new TorchType("BF16", 2)),
          Map.entry("int64", new TorchType("I64", 8)),
          Map.entry("int32", new TorchType("I32", 4)),
          Map.entry("int16", new TorchType("I16", 2)),
          Map.entry("int8", new TorchType("I8", 1)),
          Map.entry("uint8", new TorchType("U8", 1)),
          Map.entry("uint16", new TorchType("U16", 2)),
          Map.entry("uint32", new TorchType("U32", 4)),
          Map.entry("uint64", new TorchType("U64", 8)),
          Map.entry("bool", new TorchType("BOOL", 1)),
          Map.entry("complex64", new TorchType("C64", 8)),
          Map.entry("float8_e4m3fn", new TorchType("F8_E4M3", 1)),
          Map.entry("float8_e5m2", new TorchType("F8_E5M2", 1)),
          Map.entry("float8_e8m0fnu", new TorchType("F8_E8M0", 1)));

  /** The type of a storage class such as {@code FloatStorage}. */
  static Optional<TorchType> ofStorage(String name) {
    return Optional.ofNullable(STORAGES.get(name));
  }

  /** The type called {@code torch.NAME}. */
  static Optional<TorchType> named(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }
}
