package org.adapterstudio.app.plot;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** The colours of a plot as the theme's style sheet sets them: {@code -plot-text}, and so on. */
final class PlotInks {
  private static final StyleablePropertyFactory<CanvasPlot> FACTORY =
      new StyleablePropertyFactory<>(Region.getClassCssMetaData());
  private static final Map<Ink, CssMetaData<CanvasPlot, Color>> META = meta();
  private final Map<Ink, StyleableObjectProperty<Color>> colours = new EnumMap<>(Ink.class);

  PlotInks(CanvasPlot plot, Runnable onChange) {
    for (Ink ink : Ink.values()) {
      var property = new InkProperty(plot, META.get(ink), onChange);
      colours.put(ink, property);
    }
  }

  static List<CssMetaData<? extends Styleable, ?>> cssMetaData() {
    return FACTORY.getCssMetaData();
  }

  Map<Ink, Color> colours() {
    var now = new EnumMap<Ink, Color>(Ink.class);
    colours.forEach((ink, property) -> now.put(ink, property.get()));
    return now;
  }

  Map<Ink, String> css() {
    var now = new EnumMap<Ink, String>(Ink.class);
    colours().forEach((ink, c) -> now.put(ink, "#%06x".formatted(rgb(c))));
    return now;
  }

  private static int rgb(Color c) {
    return (int) Math.round(c.getRed() * 255) << 16
        | (int) Math.round(c.getGreen() * 255) << 8
        | (int) Math.round(c.getBlue() * 255);
  }

  private static Map<Ink, CssMetaData<CanvasPlot, Color>> meta() {
    var all = new EnumMap<Ink, CssMetaData<CanvasPlot, Color>>(Ink.class);
    for (Ink ink : Ink.values()) {
      String name = "-plot-" + ink.name().toLowerCase(java.util.Locale.ROOT);
      all.put(
          ink,
          FACTORY.createColorCssMetaData(
              name, plot -> plot.inks().colours.get(ink), Color.GRAY, false));
    }
    return all;
  }

  /** One colour that asks for a new picture when the theme changes it. */
  private static final class InkProperty extends StyleableObjectProperty<Color> {
    private final CanvasPlot plot;
    private final CssMetaData<CanvasPlot, Color> meta;
    private final Runnable onChange;

    InkProperty(CanvasPlot plot, CssMetaData<CanvasPlot, Color> meta, Runnable onChange) {
      super(Color.GRAY);
      this.plot = plot;
      this.meta = meta;
      this.onChange = onChange;
    }

    @Override
    protected void invalidated() {
      get();
      onChange.run();
    }

    @Override
    public Object getBean() {
      return plot;
    }

    @Override
    public String getName() {
      return meta.getProperty();
    }

    @Override
    public CssMetaData<CanvasPlot, Color> getCssMetaData() {
      return meta;
    }
  }
}
