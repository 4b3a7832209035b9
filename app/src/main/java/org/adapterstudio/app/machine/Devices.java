package org.adapterstudio.app.machine;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.serve.Reply;

/** The engine's facts in sentences, the same in window and command line. */
public final class Devices {
  private Devices() {}

  /** Which LibTorch it is: version and build. */
  public static String libtorch(Reply.Runtime runtime) {
    return Messages.text(
        runtime.cuda() ? "machine.libtorch.cuda" : "machine.libtorch.cpu", runtime.libtorch());
  }

  /** Why it is that one. */
  public static String source(Reply.Runtime runtime) {
    return Messages.text(runtime.chosen() ? "machine.source.chosen" : "machine.source.own");
  }

  /** What runs can name as their device, the processor first. */
  public static List<String> found(Reply.Runtime runtime) {
    var found = new ArrayList<String>();
    found.add("cpu");
    for (int i = 0; i < runtime.cudaDevices(); i++) {
      found.add("cuda:" + i);
    }
    return found;
  }

  /** What was looked for so that CUDA could be used, and what came of it. */
  public static List<String> tried(Reply.Runtime runtime) {
    var tried = new ArrayList<String>();
    tried.add(
        runtime.driver().isEmpty()
            ? Messages.text("machine.cuda.driver.none")
            : Messages.text("machine.cuda.driver", runtime.driver()));
    tried.add(Messages.text(runtime.chosen() ? "machine.cuda.path.set" : "machine.cuda.path.none"));
    tried.add(
        runtime.cuda()
            ? Messages.text("machine.cuda.devices", runtime.cudaDevices())
            : Messages.text("machine.cuda.build"));
    return tried;
  }
}
