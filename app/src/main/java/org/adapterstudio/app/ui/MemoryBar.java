package org.adapterstudio.app.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The parts of a memory estimate as one bar against a limit, with a legend; a mark where the peak
 * was measured.
 */
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

  /**
   * Shows an estimate; all in bytes.
   *
   * @param parts by name; those that are none of a memory estimate are left out
   * @param mapped weights used where their file is mapped, counted apart
   * @param limit what there is
   * @param peak what was measured; 0 where nothing was
   */
  public void show(Map<String, Long> parts, long mapped, long limit, long peak) {
    long[] sizes = Arrays.stream(PARTS).mapToLong(part -> parts.getOrDefault(part, 0L)).toArray();
    bar.show(sizes, Math.max(limit, Math.max(peak, Arrays.stream(sizes).sum())), peak);
    legend.getChildren().clear();
    for (int i = 0; i < PARTS.length; i++) {
      if (sizes[i] > 0) {
        legend.getChildren().add(key(PARTS[i], Messages.text("memory." + PARTS[i]), sizes[i]));
      }
    }
    if (peak > 0) {
      legend.getChildren().add(key("peak", Messages.text("memory.peak"), peak));
    }
    if (mapped > 0) {
      String text = Messages.text("memory.mapped", Formats.memory(mapped));
      legend.getChildren().add(new Label(text));
    }
  }

  private static HBox key(String part, String name, long bytes) {
    var mark = new Region();
    mark.getStyleClass().addAll("memory-key", "memory-" + part);
    var label = new Label(name + " " + Formats.memory(bytes));
    var key = new HBox(4, mark, label);
    key.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    return key;
  }

  /** The coloured parts side by side, each as wide as its share. */
  private static final class Segments extends Pane {
    /** Width of the mark, and how far it stands out above and below. */
    private static final double MARK = 3;

    private static final double REACH = 3;
    private final List<Region> parts = new ArrayList<>();
    private final Region mark = new Region();
    private long[] sizes = {};
    private long whole = 1;
    private long peak;

    Segments() {
      getStyleClass().add("memory-bar");
      for (String part : PARTS) {
        var region = new Region();
        region.getStyleClass().add("memory-" + part);
        Tooltip.install(region, new Tooltip(Messages.text("memory." + part)));
        parts.add(region);
      }
      mark.getStyleClass().add("memory-peak");
      getChildren().addAll(parts);
      getChildren().add(mark);
    }

    void show(long[] shown, long limit, long measured) {
      sizes = shown;
      whole = Math.max(1, limit);
      peak = measured;
      mark.setVisible(peak > 0);
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
      double at = Math.min(getWidth() - MARK, getWidth() * peak / whole - MARK / 2);
      mark.resizeRelocate(at, -REACH, MARK, getHeight() + 2 * REACH);
    }
  }
}
