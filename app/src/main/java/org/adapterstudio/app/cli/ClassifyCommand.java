package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio classify}: what is in pictures, by a trained head or by descriptions alone. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Says which class each picture belongs to.",
      "A model with a classification head answers with its own classes; a CLIP model compares the",
      "pictures with descriptions of any classes, untrained. For a folder that has a folder for",
      "each class it also says how often that was right."
    },
    footer = {
      "",
      "Examples:",
      "  studio classify --model vit --adapter runs/shoes/adapter photo.jpg",
      "  studio classify --model clip --labels cat,dog,horse photo.jpg",
      "  studio classify --model clip --template \"a drawing of a {}\" animals/"
    })
final class ClassifyCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(
      paramLabel = "PICTURE",
      arity = "1..*",
      description = "PNG and JPEG files, folders of them, or folders with a folder for each class.")
  private List<Path> pictures;

  @Mixin private ModelChoice model;

  @Option(
      names = "--labels",
      paramLabel = "A,B",
      split = ",",
      description = "Classes to choose from (CLIP). Default: the folders' names.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--template",
      paramLabel = "TEXT",
      defaultValue = "a photo of a {}",
      description = {
        "How a class is described (CLIP); {} is its name. Given several times, the mean is taken.",
        "Default: \"${DEFAULT-VALUE}\"."
      })
  private List<String> templates;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "3",
      description = "Classes to print for each picture. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Mixin private JsonOutput json;

  ClassifyCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request =
        new Request.Classify(
            model.model(paths),
            model.adapter(paths),
            pictures.stream().map(paths::absolute).toList(),
            labels.stream().map(String::strip).toList(),
            templates,
            Math.max(1, top),
            model.threads(),
            model.quantization());
    var classified = new Answers(desk).ask(request, Reply.Classified.class, _ -> {});
    json.print(desk, classified, () -> print(classified));
    return Exit.OK;
  }

  private void print(Reply.Classified classified) {
    if (classified.accuracy() == null) {
      classified.pictures().forEach(this::print);
    } else {
      printScores(classified);
    }
  }

  private void print(Reply.ClassifiedPicture picture) {
    String ranked =
        picture.ranked().stream()
            .map(one -> one.label() + " " + percent(one.share()))
            .collect(Collectors.joining(", "));
    desk.out().println(desk.folder().relativize(Path.of(picture.file())) + "  " + ranked);
  }

  /** How often each class was recognised, and what it was most often taken for instead. */
  private void printScores(Reply.Classified classified) {
    var table = new Table("CLASS", "PICTURES", "RIGHT", "MOST OFTEN TAKEN FOR");
    for (String label : classified.classes()) {
      var own = classified.pictures().stream().filter(p -> label.equals(p.truth())).toList();
      if (!own.isEmpty()) {
        long right = own.stream().filter(Reply.ClassifiedPicture::right).count();
        table.row(label, "" + own.size(), percent((double) right / own.size()), mistaken(own));
      }
    }
    desk.out().print(table);
    desk.out()
        .printf(
            "accuracy %s of %d pictures; chance is %s%n",
            percent(classified.accuracy()),
            classified.pictures().stream().filter(picture -> picture.truth() != null).count(),
            percent(1.0 / classified.classes().size()));
  }

  private static String mistaken(List<Reply.ClassifiedPicture> pictures) {
    return pictures.stream()
        .filter(picture -> !picture.right())
        .collect(Collectors.groupingBy(p -> p.ranked().getFirst().label(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(java.util.Map.Entry.comparingByValue())
        .map(most -> most.getKey() + " (" + most.getValue() + ")")
        .orElse("-");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
