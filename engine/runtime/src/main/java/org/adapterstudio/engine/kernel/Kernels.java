package org.adapterstudio.engine.kernel;

import ai.djl.Device;
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
  private static Kernels loaded;

  private final PtNDManager root;
  private final PtSymbolBlock block;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();

  private Kernels(PtNDManager root) {
    this.root = root;
    this.block = load(root, fragments());
  }

  /** The engine's kernels on the CPU; the first call starts LibTorch. */
  public static synchronized Kernels get() {
    if (loaded == null) {
      Engine engine = Engine.getEngine("PyTorch");
      loaded = new Kernels((PtNDManager) engine.newBaseManager(Device.cpu()));
    }
    return loaded;
  }

  /** A scope whose calls record gradients. Close it when the micro-batch is done. */
  public Scope training() {
    Scope scope = opened(new Scope(child(), block, true));
    Autograd.record();
    return scope;
  }

  /** A scope without gradients; its arrays can never take part in training. */
  public Scope inference() {
    return opened(new Scope(child(), block, false));
  }

  /** Arrays held by every open scope: what a leak test watches. */
  public long liveArrays() {
    return open.stream().mapToLong(Scope::size).sum();
  }

  /** Kernels made for one purpose, such as mapping one file, called with gradients recorded. */
  Scope scopeOf(List<String> methods) {
    PtNDManager manager = child();
    return opened(new Scope(manager, load(manager, methods), true));
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
