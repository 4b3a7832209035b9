package org.adapterstudio.engine.kernel;

import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The LibTorch in use.
 *
 * @param version such as 2.7.1
 * @param folder its libraries lie in
 * @param chosen whether {@code PYTORCH_LIBRARY_PATH} named that folder
 * @param cuda whether it was built with CUDA
 * @param devices CUDA devices it sees
 * @param driver version of the NVIDIA driver; empty where none is loaded
 */
public record LibTorch(
    String version, String folder, boolean chosen, boolean cuda, int devices, String driver) {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\.\\d+(\\.\\d+)?\\b");

  /** Asks it; it must have been started. */
  public static LibTorch inUse() {
    var machine = ComputeDevice.Machine.read();
    return new LibTorch(
        LibUtils.getVersion(),
        LibUtils.getLibtorchPath(),
        asked() != null,
        machine.cuda(),
        machine.devices(),
        installedDriver());
  }

  private static String asked() {
    String property = System.getProperty("PYTORCH_LIBRARY_PATH");
    return property != null ? property : System.getenv("PYTORCH_LIBRARY_PATH");
  }

  private static String installedDriver() {
    if (!Files.isReadable(DRIVER)) {
      return "";
    }
    try {
      var found = NUMBER.matcher(Files.readString(DRIVER));
      return found.find() ? found.group() : "?";
    } catch (IOException e) {
      return "";
    }
  }
}
