package org.adapterstudio.app.run;

import javafx.scene.control.Label;
import org.adapterstudio.contract.run.RunState;
import org.kordamp.ikonli.javafx.FontIcon;

/** Puts a run's state on a label: icon and word, tinted; never by colour alone. */
public final class StateBadge {
  private StateBadge() {}

  /** Shows a state with its words on a label. */
  public static void show(Label label, RunState state, String words) {
    label.getStyleClass().removeIf(style -> style.startsWith("badge"));
    label.getStyleClass().addAll("badge", tint(state));
    label.setText(words);
    if (label.getGraphic() instanceof FontIcon icon) {
      icon.setIconLiteral(icon(state));
    } else {
      label.setGraphic(new FontIcon(icon(state)));
    }
  }

  private static String icon(RunState state) {
    return switch (state) {
      case WAITING -> "fth-clock";
      case STARTING -> "fth-loader";
      case CALIBRATING -> "fth-sliders";
      case TRAINING -> "fth-activity";
      case SAVING -> "fth-save";
      case PAUSED -> "fth-pause";
      case STOPPING, STOPPED -> "fth-square";
      case FINISHED -> "fth-check";
      case FAILED -> "fth-alert-octagon";
      case ENGINE_LOST -> "fth-zap-off";
    };
  }

  private static String tint(RunState state) {
    return switch (state) {
      case WAITING, STOPPED -> "badge-plain";
      case STARTING, CALIBRATING, TRAINING, SAVING -> "badge-accent";
      case PAUSED, STOPPING -> "badge-warn";
      case FINISHED -> "badge-ok";
      case FAILED, ENGINE_LOST -> "badge-error";
    };
  }
}
