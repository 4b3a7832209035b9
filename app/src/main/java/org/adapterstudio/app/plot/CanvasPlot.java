package org.adapterstudio.app.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;
import javafx.stage.FileChooser;
import org.adapterstudio.app.ui.Messages;

/**
 * A canvas that fills its region and repaints at most once a pulse. Context menu: PNG, SVG, CSV.
 */
public abstract class CanvasPlot extends Region {
  /**
   * System property: canvas pixels for each pixel of the layout. A snapshot at scale 2 needs 2 to
   * be sharp; a screen's own scale is seen to by JavaFX.
   */
  public static final String DENSITY = "studio.plot.density";

  private final Canvas canvas = new Canvas();
  private final Canvas above = new Canvas();
  private final PlotInks inks = new PlotInks(this, this::repaint);
  private ContextMenu menu;
  private boolean dirty = true;
  private boolean overlayDirty = true;
  private double drawnWidth;
  private double drawnHeight;

  /** An empty plot. */
  protected CanvasPlot() {
    getStyleClass().add("plot");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    getChildren().addAll(canvas, above);
    canvas.setManaged(false);
    above.setManaged(false);
    above.setMouseTransparent(true);
    setMinSize(80, 60);
    setPrefSize(320, 180);
    setFocusTraversable(true);
    addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::openMenu);
  }

  /** Draws the whole picture. */
  protected abstract void paint(Pen pen, double width, double height);

  /** Draws what follows the mouse, on a sheet above the picture; not part of an export. */
  protected void paintOverlay(Pen pen, double width, double height) {}

  /** The shown numbers as CSV with a header line. */
  public abstract String csv();

  /** What the export is called, without extension. */
  protected abstract String title();

  /** The shown numbers in a few words, for those who do not see the picture. */
  protected abstract String summary();

  /** Entries above the export entries, made when the menu opens. */
  protected List<MenuItem> menuItems() {
    return List.of();
  }

  /** Asks for a new picture at the next pulse. */
  public final void repaint() {
    dirty = true;
    setNeedsLayout(true);
    requestLayout();
  }

  /** Asks for what follows the mouse alone to be drawn again at the next pulse. */
  protected final void repaintOverlay() {
    overlayDirty = true;
    setNeedsLayout(true);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = Math.floor(getWidth());
    double height = Math.floor(getHeight());
    boolean resized = drawnWidth != width || drawnHeight != height;
    drawnWidth = width;
    drawnHeight = height;
    if (dirty || resized) {
      dirty = false;
      overlayDirty = true;
      CanvasPen pen = cleared(canvas, width, height);
      if (width > 0 && height > 0) {
        paint(pen, width, height);
      }
    }
    if (overlayDirty) {
      overlayDirty = false;
      CanvasPen pen = cleared(above, width, height);
      if (width > 0 && height > 0) {
        paintOverlay(pen, width, height);
      }
    }
  }

  private CanvasPen cleared(Canvas sheet, double width, double height) {
    int density = Integer.getInteger(DENSITY, 1);
    if (sheet.getWidth() != width * density || sheet.getHeight() != height * density) {
      sheet.setWidth(width * density);
      sheet.setHeight(height * density);
      sheet.getTransforms().setAll(new Scale(1.0 / density, 1.0 / density));
    }
    var graphics = sheet.getGraphicsContext2D();
    graphics.setTransform(density, 0, 0, density, 0, 0);
    graphics.clearRect(0, 0, width, height);
    return new CanvasPen(graphics, inks.colours());
  }

  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT
        ? summary()
        : super.queryAccessibleAttribute(attribute, parameters);
  }

  /** The picture as an SVG file's text, in the present size and colours. */
  public final String svg() {
    var pen = new SvgPen(getWidth(), getHeight(), inks.css());
    paint(pen, getWidth(), getHeight());
    return pen.finish();
  }

  /** Writes the picture at twice its size. */
  public final void writePng(Path file) throws IOException {
    var sheet = new Canvas(2 * getWidth(), 2 * getHeight());
    sheet.getGraphicsContext2D().scale(2, 2);
    var pen = new CanvasPen(sheet.getGraphicsContext2D(), inks.colours());
    pen.box(0, 0, getWidth(), getHeight(), Ink.GROUND, 1);
    paint(pen, getWidth(), getHeight());
    var image = SwingFXUtils.fromFXImage(sheet.snapshot(null, null), null);
    javax.imageio.ImageIO.write(image, "png", file.toFile());
  }

  PlotInks inks() {
    return inks;
  }

  @Override
  public String getUserAgentStylesheet() {
    return CanvasPlot.class.getResource("/org/adapterstudio/ui/css/plot.css").toExternalForm();
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return PlotInks.cssMetaData();
  }

  private void openMenu(ContextMenuEvent event) {
    if (menu != null) {
      menu.hide();
    }
    menu = new ContextMenu();
    menu.getItems().addAll(menuItems());
    menu.getItems().add(item("png", this::writePng));
    menu.getItems().add(item("svg", file -> Files.writeString(file, svg())));
    menu.getItems().add(item("csv", file -> Files.writeString(file, csv())));
    menu.show(this, event.getScreenX(), event.getScreenY());
    event.consume();
  }

  private MenuItem item(String extension, Writing writing) {
    var item = new MenuItem(Messages.text("plot." + extension));
    item.setOnAction(
        _ -> {
          var chooser = new FileChooser();
          chooser.setInitialFileName(title() + "." + extension);
          var file = chooser.showSaveDialog(getScene().getWindow());
          if (file != null) {
            write(writing, file.toPath());
          }
        });
    return item;
  }

  private static void write(Writing writing, Path file) {
    try {
      writing.to(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** Puts an export into a file. */
  private interface Writing {
    void to(Path file) throws IOException;
  }
}
