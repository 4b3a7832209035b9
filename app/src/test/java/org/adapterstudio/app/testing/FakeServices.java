package org.adapterstudio.app.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Navigator;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;

/** Services that write down what they are asked. */
public final class FakeServices implements DialogService, Navigator {
  /** The interactive engine. */
  public final FakeEngine engine = new FakeEngine();

  /** Runs launched. */
  public final List<RunFolder> launched = new ArrayList<>();

  /** Failures and sentences shown. */
  public final List<String> said = new ArrayList<>();

  /** Places gone to. */
  public final List<String> places = new ArrayList<>();

  /** Recipes the training form was filled with. */
  public final List<Recipe> drafts = new ArrayList<>();

  /** What was offered last. */
  public Runnable offered;

  /** Thrown at the next launch, once. */
  public Failure refusal;

  /** Services whose work runs at once, on the caller's thread. */
  public Services direct(Path folder) {
    return with(folder, Runnable::run, Runnable::run);
  }

  /** Services with these executors. */
  public Services with(Path folder, Executor background, Executor uiThread) {
    return new Services(engine, this::launch, this, this, background, uiThread, folder);
  }

  private void launch(RunFolder run) {
    if (refusal != null) {
      Failure failure = refusal;
      refusal = null;
      throw new StudioException(failure);
    }
    launched.add(run);
  }

  @Override
  public void show(Failure failure) {
    said.add(failure.text());
  }

  @Override
  public void notify(String sentence) {
    said.add(sentence);
  }

  @Override
  public void offer(String sentence, String actionName, Runnable action) {
    said.add(sentence);
    offered = action;
  }

  @Override
  public boolean confirm(String question, String actionName) {
    return true;
  }

  @Override
  public Optional<Path> chooseFolder(String title) {
    return Optional.empty();
  }

  @Override
  public Optional<Path> chooseFile(String title, String... globs) {
    return Optional.empty();
  }

  @Override
  public void showLibrary() {
    places.add("library");
  }

  @Override
  public void showTrain(Recipe draft) {
    places.add("train");
    drafts.add(draft);
  }

  @Override
  public void showRuns() {
    places.add("runs");
  }

  @Override
  public void showRun(RunFolder run) {
    places.add("run " + run.name());
  }

  @Override
  public void openChat(Path model, Path adapter) {
    places.add("chat " + model + " " + adapter);
  }
}
