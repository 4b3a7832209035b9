package org.adapterstudio.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.run.RunEngine;
import org.adapterstudio.engine.serve.EngineServer;

/** The engine's program: {@code run FOLDER} trains a run, {@code serve} answers requests. */
public final class EngineMain {
  private EngineMain() {}

  /** Exit code 0 when the run finished or stopped as asked, or the parent went; else 1 or 2. */
  public static void main(String[] arguments) throws IOException {
    PrintStream protocol = System.out;
    System.setOut(System.err); // a library that prints must not spoil the protocol
    if (arguments.length == 2 && arguments[0].equals("run")) {
      System.exit(trained(Path.of(arguments[1])) ? 0 : 1);
    }
    if (arguments.length == 1 && arguments[0].equals("serve")) {
      new EngineServer(System.in, protocol).serve();
      System.exit(0);
    }
    System.err.println("Usage: EngineMain run FOLDER | serve");
    System.exit(2);
  }

  private static boolean trained(Path folder) {
    try {
      return RunEngine.run(folder);
    } catch (StudioException e) {
      System.err.println(e.failure().text());
      return false;
    } catch (RuntimeException e) {
      System.err.println(Failure.internal(e).detail());
      return false;
    }
  }
}
