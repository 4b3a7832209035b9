package org.adapterstudio.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/**
 * How each place's view is built. A place that is null is not shown.
 *
 * @param library the library
 * @param train the training form, with the way to fill it
 * @param runs the list of runs
 * @param run one run
 * @param compare runs beside each other
 * @param queue what waits for its turn
 * @param machine engine and devices
 * @param settings what the window remembers
 * @param chat the drawer, with the way to open it on a model
 */
public record Places(
    Function<Services, View> library,
    Function<Services, Train> train,
    Function<Services, View> runs,
    BiFunction<Services, RunFolder, View> run,
    BiFunction<Services, List<RunFolder>, View> compare,
    Function<Services, View> queue,
    Function<Services, View> machine,
    Function<Services, View> settings,
    Function<Services, Chat> chat) {

  /** The training form and how a draft gets into it. */
  public record Train(View view, Consumer<Recipe> load) {}

  /** The chat drawer and how it is opened on a base and an adapter (may be null). */
  public record Chat(View view, java.util.function.BiConsumer<Path, Path> open) {}
}
