package org.adapterstudio.app.chat;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;

/** How answers are drawn; the same for both sides, or they could not be compared. */
public final class ChatSettings {
  /** Top-p that goes with a temperature above 0. */
  static final double TOP_P = 0.95;

  private final DoubleProperty temperature = new SimpleDoubleProperty(0);
  private final IntegerProperty maxTokens = new SimpleIntegerProperty(128);
  private final LongProperty seed = new SimpleLongProperty(42);
  private final BooleanProperty raw = new SimpleBooleanProperty();

  /** 0 is greedy: always the likeliest token. */
  public DoubleProperty temperature() {
    return temperature;
  }

  /** Longest answer. */
  public IntegerProperty maxTokens() {
    return maxTokens;
  }

  /** Where the random numbers start. */
  public LongProperty seed() {
    return seed;
  }

  /** Continues the prompt as it is, without a chat template. */
  public BooleanProperty raw() {
    return raw;
  }
}
