package org.adapterstudio.app.compare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.run.Event;

/**
 * Runs beside each other, as they stood when they were read.
 *
 * @param runs in the order in which they were chosen
 * @param results what they reached
 * @param settings every setting
 * @param why what makes two runs differ; null where there are not two
 */
public record ComparedRuns(
    List<ComparedRun> runs, List<ResultRow> results, List<SettingRow> settings, Why why) {
  /** Nothing is compared yet. */
  public static final ComparedRuns NONE = new ComparedRuns(List.of(), List.of(), List.of(), null);

  /** The comparison of these runs among their neighbours. */
  public static ComparedRuns of(List<ComparedRun> runs, Neighbours neighbours) {
    return new ComparedRuns(
        List.copyOf(runs),
        ResultRow.of(runs),
        SettingRow.of(runs.stream().map(ComparedRun::recipe).toList()),
        runs.size() == 2 ? Why.of(runs.getFirst(), runs.getLast(), neighbours) : null);
  }

  /** The settings that differ. */
  public List<SettingRow> differing() {
    return settings.stream().filter(SettingRow::differs).toList();
  }

  /** The layers whose singular values every run measured. */
  public List<String> commonLayers() {
    Set<String> common = null;
    for (ComparedRun run : runs) {
      Event.Spectrum spectrum = run.spectrum();
      List<String> names =
          spectrum == null
              ? List.of()
              : spectrum.layers().stream().map(Event.Spectrum.Layer::name).toList();
      if (common == null) {
        common = new LinkedHashSet<>(names);
      } else {
        common.retainAll(names);
      }
    }
    return common == null ? List.of() : List.copyOf(common);
  }
}
