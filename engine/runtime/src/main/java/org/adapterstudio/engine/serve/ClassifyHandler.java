package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.classify.HeadClassifier;
import org.adapterstudio.engine.classify.PictureClassifier;
import org.adapterstudio.engine.classify.ZeroShot;
import org.adapterstudio.engine.data.LabelledFile;
import org.adapterstudio.engine.data.LabelledFiles;
import org.adapterstudio.engine.image.ImagePreparation;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.TwinTowers;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.run.Threads;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Says which class each of some pictures belongs to. */
final class ClassifyHandler {
  private static final int BATCH = 8;

  private final Request.Classify request;
  private final Models models;
  private final Call call;

  private ClassifyHandler(Request.Classify request, Models models, Call call) {
    this.request = request;
    this.models = models;
    this.call = call;
  }

  static Reply answer(Request.Classify request, Models models, Call call) {
    Threads.use(request.threads());
    return new ClassifyHandler(request, models, call).answer();
  }

  private Reply answer() {
    var files = new ArrayList<LabelledFile>();
    request.pictures().forEach(place -> files.addAll(LabelledFiles.pictures(Path.of(place))));
    var preparation = ImagePreparation.read(Path.of(request.model()));
    var wanted =
        new Models.Wanted(request.model(), request.adapter(), "float32", request.quantization());
    try (var borrowed = models.borrow(wanted, call)) {
      PictureClassifier classifier = classifier(borrowed.model(), files);
      checkTruths(files, classifier.classes());
      var answers = new ArrayList<Reply.ClassifiedPicture>();
      for (int from = 0; from < files.size(); from += BATCH) {
        call.checkCancelled();
        List<LabelledFile> some = files.subList(from, Math.min(from + BATCH, files.size()));
        float[][] shares = classifier.shares(inputs(preparation, some));
        for (int i = 0; i < shares.length; i++) {
          answers.add(ranked(some.get(i), shares[i], classifier.classes()));
        }
        call.progress("classifying", answers.size(), files.size(), "pictures");
      }
      return Reply.Classified.of(classifier.classes(), answers);
    }
  }

  private PictureClassifier classifier(AdaptedModel model, List<LabelledFile> files) {
    return switch (model.network()) {
      case ImageClassifier network when request.labels().isEmpty() ->
          HeadClassifier.of(model, network);
      case ImageClassifier _ ->
          throw StudioException.badInput(
              request.model() + " has its own classes, so it cannot be asked for others.",
              "Leave out --labels, or take a model of the CLIP family.");
      case TwinTowers network -> {
        try (Tokenizer tokenizer = models.tokenizer(request.model())) {
          List<String> labels = request.labels().isEmpty() ? truths(files) : request.labels();
          yield ZeroShot.of(model, network, tokenizer, labels, request.templates());
        }
      }
      default ->
          throw StudioException.badInput(
              request.model()
                  + " is a "
                  + model.network().sizes().modelType()
                  + ", which sees no pictures.",
              "Take a model of the ViT or CLIP family.");
    };
  }

  private static List<String> truths(List<LabelledFile> files) {
    return files.stream()
        .map(LabelledFile::label)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static void checkTruths(List<LabelledFile> files, List<String> classes) {
    var unknown = truths(files).stream().filter(label -> !classes.contains(label)).toList();
    if (!unknown.isEmpty()) {
      throw StudioException.badInput(
          "The folder has the classes %s, which are none of %s.".formatted(unknown, classes),
          "Name its folders as the classes are named.");
    }
  }

  private static Inputs inputs(ImagePreparation preparation, List<LabelledFile> files) {
    var prepared = preparation.prepare(files.stream().map(LabelledFile::file).toList());
    long[] shape = {prepared.rows(), prepared.channels(), prepared.height(), prepared.width()};
    return Inputs.of(new Values(prepared.values(), shape));
  }

  private Reply.ClassifiedPicture ranked(LabelledFile file, float[] shares, List<String> classes) {
    var ranked =
        IntStream.range(0, shares.length)
            .mapToObj(i -> new Reply.ClassShare(classes.get(i), shares[i]))
            .sorted(Comparator.comparingDouble(Reply.ClassShare::share).reversed())
            .limit(request.top())
            .toList();
    return new Reply.ClassifiedPicture(file.file().toString(), file.label(), ranked);
  }
}
