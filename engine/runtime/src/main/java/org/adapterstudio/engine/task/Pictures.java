package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.FileTwins;
import org.adapterstudio.engine.data.LabelledFile;
import org.adapterstudio.engine.data.LabelledFiles;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Split;
import org.adapterstudio.engine.image.ImagePreparation;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Rows;

/**
 * Pictures of a recipe with their classes, decoded when a batch needs them.
 *
 * @param bad files and rows that cannot be used
 */
record Pictures(ImagePreparation preparation, Split<LabelledFile> split, List<BadRow> bad) {
  /** Lists the pictures and checks their headers. */
  static Pictures read(Recipe recipe, Path model, LoadProgress progress) {
    ImagePreparation preparation = ImagePreparation.read(model);
    LabelledFiles files = LabelledFiles.pictures(recipe, progress);
    return new Pictures(preparation, files.split(), files.bad());
  }

  /** How much there is, in as many batches an epoch. */
  Lesson.Extent extent(Batching<LabelledFile> batches) {
    int perEpoch = batches.order().perEpoch();
    return new Lesson.Extent(split.train().size(), split.eval().size(), 0, perEpoch, bad);
  }

  /** Pictures as a network takes them. */
  Inputs inputs(List<Path> files) {
    var prepared = preparation.prepare(files);
    long[] shape = {prepared.rows(), prepared.channels(), prepared.height(), prepared.width()};
    return Inputs.of(new Values(prepared.values(), shape));
  }

  Rows rows(List<LabelledFile> files, List<String> labels) {
    return new Rows(
        inputs(files.stream().map(LabelledFile::file).toList()),
        files.stream().mapToLong(one -> labels.indexOf(one.label())).toArray(),
        files.stream().mapToInt(LabelledFile::line).toArray());
  }

  /** The pictures for a person to look at, each file's name followed by its class. */
  Reply.DataPreviewed preview(Recipe.Data data, int rows) {
    FileTwins twins = FileTwins.of(split);
    return new Reply.DataPreviewed(
        "pictures",
        List.of("file_name", "label"),
        split.train().size(),
        split.eval().size(),
        List.of(),
        0,
        twins.duplicates(),
        twins.leaked(),
        bad,
        split.train().stream().limit(rows).map(Pictures::rendered).toList(),
        problems(data));
  }

  private static Reply.RenderedRow rendered(LabelledFile one) {
    Path file = one.file();
    String name = file.subpath(Math.max(0, file.getNameCount() - 2), file.getNameCount()) + "  ";
    var pieces = List.of(new Reply.Piece(name, false), new Reply.Piece(one.label(), true));
    return new Reply.RenderedRow(one.line(), 0, pieces);
  }

  private List<Problem> problems(Recipe.Data data) {
    var problems = new ArrayList<Problem>();
    if (!bad.isEmpty() && !data.skipBadRows()) {
      problems.add(new Problem("data.skip_bad_rows", BadRows.sentence(bad)));
    }
    if (split.train().isEmpty()) {
      problems.add(new Problem("data.train", "There is no usable picture to learn from."));
    }
    if (split.eval().isEmpty()) {
      problems.add(
          new Problem("data.eval_fraction", "No picture is held out, so there is no evaluation."));
    }
    return problems;
  }
}
