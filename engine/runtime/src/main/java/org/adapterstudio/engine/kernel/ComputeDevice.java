package org.adapterstudio.engine.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/**
 * Where arrays live and kernels run.
 *
 * @param name cpu, cuda:0, cuda:1, ...
 */
public record ComputeDevice(String name) {
  /** The processor. */
  public static final ComputeDevice CPU = new ComputeDevice("cpu");

  private static final Pattern CUDA = Pattern.compile("(?:cuda|gpu)(?::(\\d{1,3}))?");

  /**
   * What LibTorch says of itself.
   *
   * @param cuda whether it was built with CUDA
   * @param devices CUDA devices it sees
   */
  record Machine(boolean cuda, int devices) {
    static Machine read() {
      Engine engine = Engine.getEngine("PyTorch");
      return new Machine(engine.hasCapability("CUDA"), engine.getGpuCount());
    }
  }

  /** The device of a recipe's word: cpu, cuda, cuda:1, ... or auto. Starts LibTorch. */
  public static ComputeDevice choose(String asked) {
    return asked.equals("cpu") ? CPU : choose(asked, Machine.read());
  }

  static ComputeDevice choose(String asked, Machine machine) {
    boolean usable = machine.cuda() && machine.devices() > 0;
    Matcher cuda = CUDA.matcher(asked);
    if (asked.equals("cpu") || (asked.equals("auto") && !usable)) {
      return CPU;
    }
    if (asked.equals("auto")) {
      return new ComputeDevice("cuda:0");
    }
    if (!cuda.matches()) {
      throw StudioException.badInput(
          "training.device is \"" + asked + "\".", "Use cpu, cuda, cuda:1 (a number) or auto.");
    }
    int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    if (!machine.cuda()) {
      throw unusable(
          "training.device is " + asked + ", but the LibTorch in use is built for the CPU alone.",
          "Set PYTORCH_LIBRARY_PATH to the lib folder of a LibTorch 2.7.1 with CUDA,"
              + " PYTORCH_VERSION to 2.7.1 and PYTORCH_FLAVOR to cu128 before starting the studio,"
              + " or set training.device to cpu.");
    }
    if (number >= machine.devices()) {
      throw unusable(
          "training.device is %s, but LibTorch sees %d CUDA devices."
              .formatted(asked, machine.devices()),
          "Check with nvidia-smi that driver and device are there, or set training.device to cpu.");
    }
    return new ComputeDevice("cuda:" + number);
  }

  /** Whether it is the processor itself. */
  public boolean isCpu() {
    return name.equals("cpu");
  }

  Device djl() {
    return isCpu() ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
  }

  private static StudioException unusable(String sentence, String action) {
    return new StudioException(new Failure("device", sentence, action, ""));
  }
}
