package org.adapterstudio.app.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.serve.Reply;

/** The parts of a memory estimate as one bar against what the computer has, with a legend. */
public final class MemoryBar extends VBox {
  private static final String[] PARTS = {
    "weights", "adapter", "gradients", "optimizer", "activations", "reserve"
  };
  private final Segments bar = new Segments();
  private final FlowPane legend = new FlowPane();

  /** An empty bar. */
  public MemoryBar() {
    setSpacing(8);
    legend.getStyleClass().add("memory-legend");
    getChildren().addAll(bar, legend);
  }

  /** Shows an estimate against a limit, both in bytes. */
  public void show(Reply.Memory memory, long limit) {
    var parts = memory.parts();
    long[] sizes = Arrays.stream(PARTS).mapToLong(parts::get).toArray();
    bar.show(sizes, Math.max(limit, memory.total()));
    legend.getChildren().clear();
    for (int i = 0; i < PARTS.length; i++) {
      if (sizes[i] > 0) {
        legend.getChildren().add(key(PARTS[i], sizes[i]));
      }
    }
    if (memory.mapped() > 0) {
      String mapped = Messages.text("train.memory.mapped", Formats.memory(memory.mapped()));
      legend.getChildren().add(new Label(mapped));
    }
  }

  private static HBox key(String part, long bytes) {
    var mark = new Region();
    mark.getStyleClass().addAll("memory-key", "memory-" + part);
    var label = new Label(Messages.text("train.memory." + part) + " " + Formats.memory(bytes));
    var key = new HBox(4, mark, label);
    key.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    return key;
  }

  /** The coloured parts side by side, each as wide as its share. */
  private static final class Segments extends Pane {
    private final List<Region> parts = new ArrayList<>();
    private long[] sizes = {};
    private long whole = 1;

    Segments() {
      getStyleClass().add("memory-bar");
      for (String part : PARTS) {
        var region = new Region();
        region.getStyleClass().add("memory-" + part);
        Tooltip.install(region, new Tooltip(Messages.text("train.memory." + part)));
        parts.add(region);
      }
      getChildren().addAll(parts);
    }

    void show(long[] shown, long limit) {
      sizes = shown;
      whole = Math.max(1, limit);
      requestLayout();
    }

    @Override
    protected void layoutChildren() {
      double x = 0;
      for (int i = 0; i < sizes.length; i++) {
        double width = getWidth() * sizes[i] / whole;
        parts.get(i).resizeRelocate(x, 0, Math.max(0, width), getHeight());
        x += width;
      }
    }
  }
}
