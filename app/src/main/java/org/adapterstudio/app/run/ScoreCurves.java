package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.app.plot.Curve;
import org.adapterstudio.app.plot.Ink;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Scores;

/** The scores of a run as lines of one plot: the first one's kind on the left, others right. */
final class ScoreCurves {
  private static final Ink[] INKS = {Ink.FIRST, Ink.SECOND, Ink.THIRD};

  private ScoreCurves() {}

  /** At most three lines, every evaluation a dot, the best one starred. */
  static List<Curve> of(SequencedMap<String, Series> scores) {
    boolean share = Scores.share(scores.firstEntry().getKey());
    var curves = new ArrayList<Curve>();
    for (var score : scores.entrySet().stream().limit(INKS.length).toList()) {
      String key = score.getKey();
      Curve curve =
          Curve.plain(Scores.name(key), score.getValue(), INKS[curves.size()], unit(key))
              .marked(Scores.lowerIsBetter(key) ? Curve.Best.LOWEST : Curve.Best.HIGHEST);
      curves.add(Scores.share(key) == share ? curve : curve.onTheRight());
    }
    return curves;
  }

  /** How a score's values read; shares are kept in percent. */
  static Unit unit(String key) {
    return Scores.share(key) ? Unit.PERCENT : Unit.LOSS;
  }
}
