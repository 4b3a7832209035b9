package org.adapterstudio.app.run;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Event;

/** One prompt with both answers; words the base did not say are marked. */
final class SampleBox extends VBox {
  SampleBox(Event.Sampled sample) {
    getStyleClass().add("sample-box");
    var prompt = new Label(sample.prompt());
    prompt.getStyleClass().add("sample-prompt");
    prompt.setWrapText(true);
    String before = sample.base().strip();
    var base = new TextFlow(text(before, false));
    var adapter = new TextFlow();
    WordDiff.of(before, sample.adapter().strip())
        .forEach(piece -> adapter.getChildren().add(text(piece.text(), piece.changed())));
    String title = Messages.text("run.sample.adapter", sample.step());
    getChildren()
        .addAll(prompt, half(Messages.text("run.sample.base"), base), half(title, adapter));
    if (sample.base().equals(sample.adapter())) {
      var same = new Label(Messages.text("run.sample.same"));
      same.getStyleClass().add("muted");
      getChildren().add(same);
    }
  }

  private static VBox half(String title, TextFlow text) {
    var label = new Label(title);
    label.getStyleClass().add("muted");
    var half = new VBox(label, text);
    half.getStyleClass().add("sample-half");
    return half;
  }

  private static Text text(String words, boolean changed) {
    var text = new Text(words);
    text.getStyleClass().add(changed ? "sample-changed" : "sample-text");
    return text;
  }
}
