package org.adapterstudio.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.engine.RunLauncher;

/**
 * Everything a command may touch of the world around it.
 *
 * @param out results, for people and pipes
 * @param err progress, warnings and failures
 * @param folder the working folder, where relative paths start
 * @param engine makes a client of the interactive engine; its process starts at the first request
 * @param runs starts training engines
 * @param interrupts hears Ctrl-C
 * @param window opens the window with its arguments and returns when it is closed
 * @param pictures shows runs in a window of another process
 * @param terminal whether a person watches, so that a line may be redrawn
 */
public record Desk(
    PrintWriter out,
    PrintWriter err,
    Path folder,
    Supplier<EngineClient> engine,
    RunLauncher runs,
    Interrupts interrupts,
    Consumer<List<String>> window,
    Pictures pictures,
    boolean terminal) {}
