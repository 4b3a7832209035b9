package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.plot.BarsView;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Event;

/** Singular values of one layer in each run, under the same axis. */
final class ComparedSpectra {
  private static final double HEIGHT = 152;
  private final VBox card;
  private final ComboBox<String> layers = new ComboBox<>();
  private final HBox bars = new HBox(8);
  private ComparedRuns shown = ComparedRuns.NONE;

  ComparedSpectra(VBox card) {
    this.card = card;
    var title = new Label(Messages.text("compare.card.values"));
    title.getStyleClass().add("card-title");
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var label = new Label(Messages.text("compare.values.layer"));
    label.getStyleClass().add("muted");
    label.setLabelFor(layers);
    layers.setMaxWidth(320);
    layers.setAccessibleText(Messages.text("compare.values.layer"));
    var head = new HBox(8, title, space, label, layers);
    head.setAlignment(Pos.CENTER_LEFT);
    card.getChildren().setAll(head, bars);
    layers.valueProperty().addListener((_, _, _) -> draw());
  }

  /** Shows the layers that all runs measured; nothing where there is none. */
  void show(ComparedRuns comparison) {
    shown = comparison;
    List<String> common = comparison.commonLayers();
    card.setVisible(!common.isEmpty());
    card.setManaged(!common.isEmpty());
    if (!common.equals(layers.getItems())) {
      String before = layers.getValue();
      layers.getItems().setAll(common);
      layers.setValue(
          before != null && common.contains(before)
              ? before
              : common.stream().findFirst().orElse(null));
    }
    draw();
  }

  private void draw() {
    var columns = new ArrayList<Node>();
    double top =
        shown.runs().stream()
            .map(run -> layer(run, layers.getValue()))
            .filter(layer -> layer != null && !layer.singularValues().isEmpty())
            .mapToDouble(layer -> layer.singularValues().getFirst())
            .max()
            .orElse(1);
    for (int i = 0; i < shown.runs().size(); i++) {
      Event.Spectrum.Layer layer = layer(shown.runs().get(i), layers.getValue());
      if (layer != null) {
        columns.add(column(new RunMark(i + 1), shown.runs().get(i), layer, top));
      }
    }
    bars.getChildren().setAll(columns);
  }

  private static Node column(
      RunMark mark, ComparedRun run, Event.Spectrum.Layer layer, double top) {
    var facts =
        new Label(Messages.text("compare.values.facts", Unit.RANK.text(layer.effectiveRank())));
    facts.getStyleClass().add("muted");
    var head = new HBox(6, RunChip.number(mark), RunChip.sample(mark));
    head.setAlignment(Pos.CENTER_LEFT);
    var plot = new BarsView();
    plot.setMinHeight(HEIGHT);
    plot.setPrefHeight(HEIGHT);
    plot.setPrefWidth(120);
    plot.show(run.name(), layer.singularValues(), top, Messages.text("compare.values.waiting"));
    var column = new VBox(4, head, facts, plot);
    HBox.setHgrow(column, Priority.ALWAYS);
    column.setPrefWidth(120);
    column.setMinWidth(0);
    return column;
  }

  private static Event.Spectrum.Layer layer(ComparedRun run, String name) {
    return run.spectrum() == null
        ? null
        : run.spectrum().layers().stream()
            .filter(layer -> layer.name().equals(name))
            .findFirst()
            .orElse(null);
  }
}
