package org.adapterstudio.app.ui;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.engine.RunLauncher;

/**
 * What view models are given, put together by hand in one place.
 *
 * @param engine the interactive engine
 * @param runs starts training engines
 * @param dialogs questions and messages to the person
 * @param navigator moves between places
 * @param background runs work off the UI thread
 * @param uiThread runs work on the UI thread; {@code Runnable::run} in tests
 * @param workingFolder where relative paths and the project are looked up
 */
public record Services(
    EngineClient engine,
    RunLauncher runs,
    DialogService dialogs,
    Navigator navigator,
    Executor background,
    Executor uiThread,
    Path workingFolder) {}
