package org.adapterstudio.app.plot;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.scene.AccessibleAttribute;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/**
 * A plot over steps: cross-hair and steps in view are shared with others. Mouse: move reads, drag
 * looks closer, double click shows all. Keys: left and right read, with Shift they pan; plus and
 * minus look closer and further, Escape shows all.
 */
public abstract class StepPlot extends CanvasPlot {
  private static final double DRAG = 4;
  private final ChangeListener<Object> overlay = (_, _, _) -> repaintOverlay();
  private final ChangeListener<Object> whole = (_, _, _) -> repaint();
  private Crosshair crosshair = new Crosshair();
  private Viewport viewport = new Viewport();
  private List<Abscissa> axes = List.of();
  private double pressedAt;

  /** A plot of its own until it is joined to others. */
  protected StepPlot() {
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> crosshair.xProperty().set(Double.NaN));
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> release());
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Where steps lie at the moment. */
  protected abstract StepScale steps();

  /** Joins plots that show the same step under the mouse. */
  public final void share(Crosshair shared) {
    crosshair.xProperty().removeListener(overlay);
    crosshair = shared;
    crosshair.xProperty().addListener(overlay);
  }

  /** Joins plots that look at the same steps. */
  public final void share(Viewport shared) {
    viewport.zoomProperty().removeListener(whole);
    viewport.overProperty().removeListener(whole);
    viewport.brushProperty().removeListener(overlay);
    viewport = shared;
    viewport.zoomProperty().addListener(whole);
    viewport.overProperty().addListener(whole);
    viewport.brushProperty().addListener(overlay);
    repaint();
  }

  /** What an export tells of a step beside its number. */
  public final void tell(List<Abscissa> ofSteps) {
    axes = List.copyOf(ofSteps);
  }

  /** What an export tells of a step beside its number. */
  protected final List<Abscissa> axes() {
    return axes;
  }

  /** The step that is read. */
  protected final double read() {
    return crosshair.x();
  }

  /** What is in view. */
  protected final Viewport viewport() {
    return viewport;
  }

  /** Draws the stretch being chosen. */
  protected final void paintBrush(Pen pen, double top, double bottom) {
    Range chosen = viewport.brushProperty().get();
    StepScale x = steps();
    if (chosen != null) {
      double left = Math.clamp(x.pixel(chosen.min()), x.from(), x.to());
      double right = Math.clamp(x.pixel(chosen.max()), x.from(), x.to());
      pen.box(left, top, right - left, bottom - top, Ink.FIRST, 0.18);
      pen.line(left, top, left, bottom, Ink.FIRST, 1, false);
      pen.line(right, top, right, bottom, Ink.FIRST, 1, false);
    }
  }

  private void hover(MouseEvent event) {
    boolean inside = event.getX() >= steps().from() - 1 && event.getX() <= steps().to() + 1;
    crosshair.xProperty().set(inside ? steps().step(event.getX()) : Double.NaN);
  }

  private void press(MouseEvent event) {
    requestFocus();
    pressedAt = event.getX();
  }

  private void drag(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY || Math.abs(event.getX() - pressedAt) < DRAG) {
      return;
    }
    StepScale x = steps();
    double one = x.step(Math.clamp(pressedAt, x.from(), x.to()));
    double other = x.step(Math.clamp(event.getX(), x.from(), x.to()));
    viewport.brushProperty().set(new Range(Math.min(one, other), Math.max(one, other)));
    crosshair.xProperty().set(other);
  }

  private void release() {
    Range chosen = viewport.brushProperty().get();
    if (chosen != null) {
      viewport.brushProperty().set(null);
      viewport.look(chosen);
    }
  }

  private void click(MouseEvent event) {
    if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
      viewport.lookAtAll();
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown() || !act(event)) {
      return;
    }
    event.consume();
  }

  /** Whether a key means something here. */
  private boolean act(KeyEvent event) {
    switch (event.getCode()) {
      case LEFT -> move(event, -1);
      case RIGHT -> move(event, 1);
      case HOME -> readAt(steps().firstStep());
      case END -> readAt(steps().lastStep());
      case PLUS, ADD, EQUALS -> viewport.scale(0.5, read());
      case MINUS, SUBTRACT -> viewport.scale(2, read());
      case ESCAPE -> {
        boolean anything = viewport.zoomProperty().get() != null;
        viewport.lookAtAll();
        return anything;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void move(KeyEvent event, int direction) {
    if (event.isShiftDown()) {
      viewport.pan(0.1 * direction);
      return;
    }
    StepScale x = steps();
    double now = Double.isNaN(read()) ? x.step((x.from() + x.to()) / 2) : read();
    double twoPixels = Math.abs(x.step(x.pixel(now) + 2 * direction) - now);
    readAt(Math.round(now + direction * Math.max(1, twoPixels)));
  }

  private void readAt(double step) {
    crosshair.xProperty().set(Math.clamp(step, steps().firstStep(), steps().lastStep()));
    notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
  }
}
