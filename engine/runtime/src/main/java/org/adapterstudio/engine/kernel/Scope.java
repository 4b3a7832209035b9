package org.adapterstudio.engine.kernel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The owner of every array made in it, and the way to call kernels: arrays die when the scope is
 * closed. One scope serves one micro-batch, one generated token, one request.
 */
public final class Scope implements AutoCloseable {
  private final PtNDManager manager;
  private final PtNDManager host;
  private final PtSymbolBlock block;
  private final Gradients gradients;
  private final Map<String, NDArray> markers = new HashMap<>();
  private final Map<Double, NDArray> scalars = new HashMap<>();
  private final Map<List<Long>, NDArray> sizes = new HashMap<>();
  private Scope source = this;
  private Scope unrecorded;
  private Runnable onClose = () -> {};

  Scope(PtNDManager manager, PtSymbolBlock block, Gradients gradients) {
    this.manager = manager;
    // Single numbers are read on the way: on a GPU each such read would wait for the device.
    this.host =
        manager.getDevice().isGpu() ? (PtNDManager) manager.newSubManager(Device.cpu()) : manager;
    this.block = block;
    this.gradients = gradients;
  }

  /** What calls leave behind for a backward pass. */
  enum Gradients {
    /** The graph is recorded. */
    RECORDED,
    /** Nothing is recorded; the arrays are ordinary ones that may take part in training later. */
    UNRECORDED,
    /** Nothing ever: the arrays cannot take part in training. */
    NEVER
  }

  /**
   * A scope for a stretch of this one's pass. Arrays made of Java's numbers stay with this scope: a
   * graph that reads them does not keep their memory alive.
   */
  public Scope stretch() {
    var inner = new Scope((PtNDManager) manager.newSubManager(), block, gradients);
    inner.source = source;
    return inner;
  }

  /** The same owner, for kernels whose gradient is written out elsewhere. */
  public Scope unrecorded() {
    if (unrecorded == null) {
      unrecorded = new Scope(manager, block, Gradients.UNRECORDED);
      unrecorded.source = source;
    }
    return unrecorded;
  }

  /** Calls a kernel that returns one array. */
  public NDArray call(String kernel, NDArray... arguments) {
    var list = new NDList(arguments.length + 1);
    list.add(marker(kernel));
    for (NDArray argument : arguments) {
      list.add(argument);
    }
    return run(list).head();
  }

  /**
   * Calls a kernel that returns one array and whose first parameters are lists of arrays, the
   * others one array each.
   */
  public NDArray callLists(String kernel, List<List<NDArray>> lists, NDArray... others) {
    return callAll(kernel, lists, others).getFirst();
  }

  /**
   * Calls a kernel whose first parameters are lists of arrays and the others one array each.
   *
   * @return what it returns, one array or a list
   */
  public List<NDArray> callAll(String kernel, List<List<NDArray>> lists, NDArray... others) {
    var list = new NDList();
    list.add(marker(kernel));
    for (int i = 0; i < lists.size(); i++) {
      for (NDArray array : lists.get(i)) {
        array.setName("list" + i + "[]");
        list.add(array);
      }
    }
    list.addAll(Arrays.asList(others));
    try {
      return run(list);
    } finally {
      // A name left behind would turn the array into a list at its next call.
      lists.forEach(arrays -> arrays.forEach(array -> array.setName(null)));
    }
  }

  /** A number as a 0-dimensional float64 array, which takes the type of what it meets. */
  public NDArray scalar(double value) {
    return source.scalars.computeIfAbsent(value, source.host::create);
  }

  /** A few whole numbers, such as sizes, as an int64 array [n]. */
  public NDArray sizes(long... values) {
    return source.sizes.computeIfAbsent(
        Arrays.stream(values).boxed().toList(), _ -> source.host.create(values));
  }

  /** Whole numbers as an int64 array. */
  public NDArray longs(long[] values, long... shape) {
    return source.manager.create(values, new Shape(shape));
  }

  /** Numbers as a float32 array. */
  public NDArray floats(float[] values, long... shape) {
    return source.manager.create(values, new Shape(shape));
  }

  /** Numbers as a float64 array. */
  public NDArray doubles(double... values) {
    return source.host.create(values);
  }

  /** Zeros as a float32 array. */
  public NDArray zeros(long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /** A little-endian buffer as an array of a type that DJL knows, never bf16. */
  public NDArray bytes(ByteBuffer data, DataType type, long... shape) {
    return source.manager.create(data.order(ByteOrder.LITTLE_ENDIAN), new Shape(shape), type);
  }

  /** Whether an array ends with this scope. */
  public boolean owns(NDArray array) {
    return array.getManager() == manager || array.getManager() == host;
  }

  /** Makes this scope the owner of an array that another one made. */
  public NDArray adopt(NDArray array) {
    array.attach(manager);
    return array;
  }

  /** The owner, for the kernel package's own classes. */
  PtNDManager manager() {
    return manager;
  }

  private NDList run(NDList list) {
    // The mode is the thread's: another scope may have been used in between.
    JniUtils.setGradMode(gradients == Gradients.RECORDED);
    return IValueUtils.forward(block, list, gradients != Gradients.NEVER);
  }

  /** The array whose name tells DJL the method; being first, it also makes this scope the owner. */
  private NDArray marker(String kernel) {
    return markers.computeIfAbsent(
        kernel,
        name -> {
          NDArray marker = manager.create(0f);
          marker.setName("module_method:" + name);
          return marker;
        });
  }

  /** Arrays it holds now. */
  int size() {
    return manager.getManagedArrays().size();
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  @Override
  public void close() {
    onClose.run();
    manager.close();
  }

  /** An array as DJL's PyTorch class, for {@code JniUtils}. */
  static PtNDArray torch(NDArray array) {
    return (PtNDArray) array;
  }
}
