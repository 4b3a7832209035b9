package org.adapterstudio.app.ui;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores of a task in words, the same in window, command line and report. A name that is not known
 * yet still reads well: its underscores become spaces.
 */
public final class Scores {
  private Scores() {}

  /** "accuracy", "macro F1". */
  public static String name(String key) {
    String text = "score." + key;
    return Messages.bundle().containsKey(text) ? Messages.text(text) : key.replace('_', ' ');
  }

  /** The name to begin a line or stand above a chart. */
  public static String title(String key) {
    String name = name(key);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Whether it is a share of something, to be read in percent. */
  public static boolean share(String key) {
    return key.matches(".*(accuracy|f1|rate|match|recall|precision|iou|dice)$");
  }

  /** Whether less of it is better. */
  public static boolean lowerIsBetter(String key) {
    return key.matches(".*(error|loss|perplexity).*");
  }

  /** "87.5 %", or four decimals where it is no share. */
  public static String value(String key, double value) {
    if (!Double.isFinite(value)) {
      return Messages.text("plot.nan");
    }
    return share(key)
        ? String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  /** "accuracy 87.5 %, macro F1 86.1 %"; empty where there are none. */
  public static String words(Map<String, Double> scores) {
    return scores.entrySet().stream()
        .map(score -> name(score.getKey()) + " " + value(score.getKey(), score.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The best value each score ever had, in the order of their first appearance. */
  public static Map<String, Double> best(Collection<Map<String, Double>> all) {
    var best = new LinkedHashMap<String, Double>();
    all.forEach(
        scores ->
            scores.forEach((key, value) -> best.merge(key, value, (a, b) -> better(key, a, b))));
    return best;
  }

  private static double better(String key, double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) ? b : a;
    }
    return lowerIsBetter(key) ? Math.min(a, b) : Math.max(a, b);
  }
}
