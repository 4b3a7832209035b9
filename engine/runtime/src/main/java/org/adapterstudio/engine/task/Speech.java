package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.LabelledFile;
import org.adapterstudio.engine.data.LabelledFiles;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Split;
import org.adapterstudio.engine.data.Transcripts;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.sound.SoundPreparation;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Rows;

/**
 * Sounds of a recipe with their transcripts encoded. The sounds themselves are read when a batch
 * needs them.
 *
 * @param bad files and rows that cannot be used
 */
record Speech(SoundPreparation preparation, Split<Spoken> split, List<BadRow> bad) {
  /**
   * A sound and what is said in it.
   *
   * @param cut whether the model does not hear or write all of it
   */
  record Spoken(LabelledFile file, Transcripts.Said said, boolean cut) {}

  /** Lists and checks the sounds, and encodes what is said. */
  static Speech read(
      Recipe recipe, SoundPreparation preparation, Transcripts transcripts, LoadProgress progress) {
    LabelledFiles files = LabelledFiles.sounds(recipe, progress);
    var split =
        new Split<>(
            spoken(files.split().train(), preparation, transcripts),
            spoken(files.split().eval(), preparation, transcripts));
    return new Speech(preparation, split, files.bad());
  }

  private static List<Spoken> spoken(
      List<LabelledFile> files, SoundPreparation preparation, Transcripts transcripts) {
    var spoken = new ArrayList<Spoken>();
    for (LabelledFile file : files) {
      var said = transcripts.encode(file.label());
      boolean cut = said.fullLength() > said.ids().length || preparation.cuts(file.file());
      spoken.add(new Spoken(file, said, cut));
    }
    return spoken;
  }

  int cut() {
    return (int) split.train().stream().filter(Spoken::cut).count();
  }

  /** Sounds as an encoder takes them. */
  Inputs inputs(List<Path> files) {
    long[] shape = {files.size(), preparation.mels(), preparation.frames()};
    return Inputs.of(new Values(preparation.prepare(files), shape));
  }

  Rows rows(List<Spoken> spoken) {
    return new Rows(
        inputs(spoken.stream().map(one -> one.file().file()).toList()),
        Transcripts.labels(spoken.stream().map(Spoken::said).toList()),
        spoken.stream().mapToInt(one -> one.file().line()).toArray());
  }

  /**
   * What a lesson of them is like.
   *
   * @param place folder that prompts name files of
   */
  WrittenAnswers.Kind<Spoken> kind(Path place) {
    return new WrittenAnswers.Kind<>(
        one -> inputs(List.of(one.file().file())),
        one -> one.file().label(),
        Spoken::said,
        prompt -> inputs(List.of(place.resolve(prompt))),
        answers -> Map.of("word_error_rate", TextScores.wordErrorRate(answers)));
  }

  /** The sounds for a person to look at, each file's name followed by its transcript. */
  Reply.DataPreviewed preview(Recipe.Data data, int rows) {
    var seen = new HashSet<Path>();
    split.train().forEach(one -> seen.add(one.file().file()));
    int leaked =
        (int) split.eval().stream().filter(one -> seen.contains(one.file().file())).count();
    return new Reply.DataPreviewed(
        "speech",
        List.of("file_name", "transcription"),
        split.train().size(),
        split.eval().size(),
        split.train().stream().map(one -> one.said().fullLength()).toList(),
        cut(),
        split.train().size() - seen.size(),
        leaked,
        bad,
        split.train().stream().limit(rows).map(Speech::rendered).toList(),
        problems(data));
  }

  private static Reply.RenderedRow rendered(Spoken one) {
    String name = one.file().file().getFileName() + "  ";
    var pieces = List.of(new Reply.Piece(name, false), new Reply.Piece(one.file().label(), true));
    return new Reply.RenderedRow(one.file().line(), one.said().fullLength(), pieces);
  }

  private List<Problem> problems(Recipe.Data data) {
    var problems = new ArrayList<Problem>();
    if (!bad.isEmpty() && !data.skipBadRows()) {
      problems.add(new Problem("data.skip_bad_rows", BadRows.sentence(bad)));
    }
    if (split.train().isEmpty()) {
      problems.add(new Problem("data.train", "There is no usable sound to learn from."));
    }
    if (cut() > 0) {
      problems.add(
          new Problem(
              "data.train",
              ("%d of %d sounds are longer than the %.0f seconds that the model hears, or their"
                      + " transcripts longer than it writes.")
                  .formatted(cut(), split.train().size(), preparation.seconds())));
    }
    if (split.eval().isEmpty()) {
      problems.add(
          new Problem("data.eval_fraction", "No sound is held out, so there is no evaluation."));
    }
    return problems;
  }
}
