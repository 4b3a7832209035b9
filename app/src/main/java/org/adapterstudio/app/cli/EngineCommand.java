package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.app.machine.Devices;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio engine}: what runs are computed with. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    description = "Says which devices were found, which LibTorch is in use, and what about CUDA.",
    footer = {"", "Examples:", "  studio engine", "  studio engine --json"})
final class EngineCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private JsonOutput json;

  EngineCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var runtime = new Answers(desk).ask(new Request.Runtime(), Reply.Runtime.class, _ -> {});
    json.print(desk, runtime, () -> print(runtime));
    return Exit.OK;
  }

  private void print(Reply.Runtime runtime) {
    line("version", runtime.version());
    line("devices", String.join(", ", Devices.found(runtime)));
    line("threads", Integer.toString(runtime.threads()));
    line("libtorch", Devices.libtorch(runtime) + "; " + Devices.source(runtime));
    line("folder", runtime.library());
    boolean found = runtime.cudaDevices() > 0;
    desk.out().println(Messages.text(found ? "machine.cuda.found" : "machine.cuda.untested"));
    Devices.tried(runtime).forEach(tried -> desk.out().println("  " + tried));
  }

  private void line(String label, String value) {
    desk.out().printf("%-16s %s%n", label, value);
  }
}
