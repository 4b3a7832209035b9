package org.adapterstudio.engine.kernel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All kernels of the engine, loaded once per process. The text lives in {@code *.py} fragments
 * beside this class; a method may bring its own fragment by putting a file there.
 */
public final class Kernels {
  /** Brings an array of any type to the device; one that is there stays. */
  private static final String MOVE =
      """
        def to_device(self: __torch__.Ops, x: Tensor) -> Tensor:
          return torch.to(x, torch.device("%s"), None, False, False)
      """;

  private static Kernels loaded;

  private final ComputeDevice device;
  private final PtNDManager root;
  private final PtSymbolBlock block;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();

  private Kernels(ComputeDevice device) {
    this.device = device;
    Engine engine = Engine.getEngine("PyTorch");
    this.root = (PtNDManager) engine.newBaseManager(device.djl());
    if (!device.isCpu()) {
      JniUtils.setBenchmarkCuDNN(false); // it picks kernels by time, so results could differ
    }
    var methods = new ArrayList<>(fragments());
    methods.add(MOVE.formatted(device.name()));
    this.block = load(root, methods);
  }

  /**
   * The engine's kernels, on the CPU unless a device was chosen; the first call starts LibTorch.
   */
  public static synchronized Kernels get() {
    if (loaded == null) {
      loaded = new Kernels(ComputeDevice.CPU);
    }
    return loaded;
  }

  /** Loads the kernels for a device, once, before anything else uses them. */
  public static synchronized Kernels start(ComputeDevice device) {
    if (loaded == null) {
      loaded = new Kernels(device);
    }
    if (!loaded.device.equals(device)) {
      throw new IllegalStateException("The kernels are on " + loaded.device.name() + " already");
    }
    return loaded;
  }

  /** Where arrays live. */
  public ComputeDevice device() {
    return device;
  }

  /** A scope whose calls record gradients. Close it when the micro-batch is done. */
  public Scope training() {
    return opened(new Scope(child(), block, Scope.Gradients.RECORDED));
  }

  /** A scope that records nothing, yet whose arrays may take part in training later. */
  public Scope unrecorded() {
    return opened(new Scope(child(), block, Scope.Gradients.UNRECORDED));
  }

  /** A scope without gradients; its arrays can never take part in training. */
  public Scope inference() {
    return opened(new Scope(child(), block, Scope.Gradients.NEVER));
  }

  /** Arrays held by every open scope: what a leak test watches. */
  public long liveArrays() {
    return open.stream().mapToLong(Scope::size).sum();
  }

  /** Kernels made for one purpose, such as mapping one file, its arrays fit for training. */
  Scope scopeOf(List<String> methods) {
    PtNDManager manager = child();
    return opened(new Scope(manager, load(manager, methods), Scope.Gradients.UNRECORDED));
  }

  private Scope opened(Scope scope) {
    open.add(scope);
    scope.onClose(() -> open.remove(scope));
    return scope;
  }

  private PtNDManager child() {
    // Without this the optimising executor changes results after its first calls.
    JniUtils.setGraphExecutorOptimize(false);
    return (PtNDManager) root.newSubManager();
  }

  private static PtSymbolBlock load(NDManager manager, List<String> methods) {
    try {
      Path archive = Files.createTempFile("kernels", ".pt");
      try {
        KernelArchive.write(archive, methods);
        return JniUtils.loadModule(
            (PtNDManager) manager, archive, true, new String[0], new String[0], false);
      } finally {
        Files.deleteIfExists(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> fragments() {
    try {
      URI here = Kernels.class.getResource("transformer.py").toURI();
      if (!here.getScheme().equals("jar")) {
        return read(Path.of(here).getParent());
      }
      try (var jar = FileSystems.newFileSystem(here, Map.of())) {
        return read(jar.getPath("org/adapterstudio/engine/kernel"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> read(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".py"))
          .sorted(Comparator.comparing(Path::toString))
          .map(Kernels::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
