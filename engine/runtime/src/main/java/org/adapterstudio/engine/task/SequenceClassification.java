package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.LabelledTexts;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;

/** Giving each text one of the labels in the data. */
public final class SequenceClassification implements Task {
  @Override
  public boolean suits(Network network) {
    return network.sizes().vocabulary() > 0
        && network.headKind().equals(Optional.of(Purpose.Head.CLASSIFICATION));
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Tokenizer tokenizer = Tokenizer.load(model);
    try {
      var encoding = new TextEncoding(tokenizer, recipe.data().maxLength());
      EncodedTexts texts =
          EncodedTexts.read(recipe, encoding, LabelledTexts::read, progress)
              .requireUsable(recipe.data());
      var split = texts.split();
      List<String> labels =
          ClassLabels.of(
              Stream.concat(split.train().stream(), split.eval().stream())
                  .map(row -> row.source().label())
                  .toList(),
              model);
      var batches =
          Batching.of(split, recipe.training(), (rows, _) -> collate(encoding, labels, rows));
      return new Labelled(encoding, texts, labels, batches);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      var encoding = new TextEncoding(tokenizer, recipe.data().maxLength());
      return EncodedTexts.read(recipe, encoding, LabelledTexts::read, progress)
          .preview("classification", recipe.data(), rows);
    }
  }

  private static Rows collate(
      TextEncoding encoding, List<String> labels, List<EncodedTexts.Row> rows) {
    var tokens = encoding.join(rows.stream().map(EncodedTexts.Row::text).toList());
    long[] wanted = rows.stream().mapToLong(row -> labels.indexOf(row.source().label())).toArray();
    int[] lines = rows.stream().mapToInt(row -> row.source().line()).toArray();
    return new Rows(Inputs.of(tokens), wanted, lines);
  }

  private record Labelled(
      TextEncoding encoding,
      EncodedTexts texts,
      List<String> labels,
      Batching<EncodedTexts.Row> batches)
      implements Lesson {
    @Override
    public Purpose purpose() {
      return Purpose.classification(labels);
    }

    @Override
    public Extent extent() {
      return texts.extent(batches.order().perEpoch());
    }

    @Override
    public Rows microBatch(long index) {
      return batches.microBatch(index);
    }

    @Override
    public Rows heaviest() {
      return batches.heaviest(row -> row.text().ids().length);
    }

    @Override
    public Optional<Measure> evaluate(AdaptedModel model) {
      return ClassScores.of(model, batches.heldOut(), labels);
    }

    /** The label of a text. */
    @Override
    public Optional<String> answer(AdaptedModel model, String prompt, int maxTokens) {
      try (Scope scope = Kernels.get().inference()) {
        var tokens = encoding.join(List.of(encoding.encode(prompt, null)));
        Pass pass = Pass.still(scope, model.weights());
        var outputs = model.network().outputs(pass, Inputs.of(tokens), Tap.NONE);
        long[] largest = scope.call("largest", outputs.firstEntry().getValue()).toLongArray();
        return Optional.of(labels.get((int) largest[0]));
      }
    }

    @Override
    public void close() {
      encoding.tokenizer().close();
    }
  }
}
