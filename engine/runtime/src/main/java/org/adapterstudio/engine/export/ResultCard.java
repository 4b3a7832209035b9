package org.adapterstudio.engine.export;

import java.util.Locale;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.Segmenter;
import org.adapterstudio.engine.model.network.TextEncoder;
import org.adapterstudio.engine.model.network.TextWriter;
import org.adapterstudio.engine.model.network.TwinTowers;

/** The README.md that goes with a result: what it is, how it was made, how to use it. */
public final class ResultCard {
  private static final String MODEL =
      """
      `%s.from_pretrained("this folder")` of
      transformers or with `studio %s --model THIS_FOLDER`\
      """;

  private static final String ADAPTER =
      """
      `PeftModel.from_pretrained(base, "this folder")` of
      Hugging Face PEFT or with `studio %2$s --model BASE --adapter THIS_FOLDER`\
      """;

  private ResultCard() {}

  /**
   * Markdown with the front matter the model hubs read.
   *
   * @param history how it was trained; may be empty
   * @param whole whether the folder holds a whole model rather than an adapter
   */
  public static String of(AdaptedModel model, String history, boolean whole) {
    Recipe.Adapter settings = model.settings();
    String base = AdapterFolder.baseName(model.base());
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return """
    ---
    base_model: %s
    library_name: %s
    tags:
    - %s
    ---

    # %s of %s

    %s

    | | |
    |---|---|
    | method | %s (%s) |
    | rank, alpha | %d, %s |
    | trained numbers | %,d of %,d |

    %s

    Made with Adapter Studio. Load it with %s.
    """
        .formatted(
            base,
            whole ? "transformers" : "peft",
            settings.method(),
            card.title(),
            base,
            card.sentence(),
            card.title(),
            card.paper().isEmpty() ? "no paper" : card.paper(),
            settings.rank(),
            String.format(Locale.ROOT, "%s", settings.alpha()),
            model.attached().trainableCount(),
            model.base().network().parameterCount(),
            history,
            (whole ? MODEL : ADAPTER).formatted(AutoClass.of(model.network()), command(model)));
  }

  /** The command in which its answers can be seen. */
  private static String command(AdaptedModel model) {
    return switch (model.network()) {
      case TextWriter _ -> "chat";
      case TextEncoder _ -> "score";
      case ImageClassifier _, TwinTowers _ -> "classify";
      case Segmenter _ -> "logits";
    };
  }
}
