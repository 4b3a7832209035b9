package org.adapterstudio.app.lineage;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;

/** Opens the dialog that goes on with a run. */
public final class ContinueWindow {
  private ContinueWindow() {}

  /**
   * Opens it over the window of a node, dressed like that.
   *
   * @param step of the checkpoint that was clicked; null for the newest
   * @param kind null leaves it to the run's state
   */
  public static void open(Node over, Services services, RunFolder run, Integer step, Kind kind) {
    var stage = new Stage();
    var model = new ContinueViewModel(services, run, step, kind);
    var view = new ContinueView(model, stage::close);
    var scene = new Scene(view.root(), 880, 640);
    scene.getStylesheets().setAll(over.getScene().getStylesheets());
    scene.getAccelerators().put(new KeyCodeCombination(KeyCode.ESCAPE), stage::close);
    stage.initOwner(over.getScene().getWindow());
    stage.initModality(Modality.WINDOW_MODAL);
    stage.setTitle(Messages.text("continue.title", run.name()));
    stage.setScene(scene);
    stage.setOnHidden(_ -> view.close());
    stage.show();
  }
}
