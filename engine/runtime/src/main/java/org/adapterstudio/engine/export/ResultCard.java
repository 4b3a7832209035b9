package org.adapterstudio.engine.export;

import java.util.Locale;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.AdaptedModel;

/** The README.md that goes with a result: what it is, how it was made, how to use it. */
public final class ResultCard {
  private ResultCard() {}

  /** Markdown with the front matter the model hubs read. */
  public static String of(AdaptedModel model, String history) {
    Recipe.Adapter settings = model.settings();
    String base = AdapterFolder.baseName(model.base());
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return """
    ---
    base_model: %s
    library_name: peft
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

    Made with Adapter Studio. Load it with Hugging Face PEFT
    (`PeftModel.from_pretrained(base, "this folder")`) or with `studio chat --model BASE --adapter
    THIS_FOLDER`.
    """
        .formatted(
            base,
            settings.method(),
            card.title(),
            base,
            card.sentence(),
            card.title(),
            card.paper().isEmpty() ? "no paper" : card.paper(),
            settings.rank(),
            String.format(Locale.ROOT, "%s", settings.alpha()),
            model.attached().trainableCount(),
            model.base().parameterCount(),
            history);
  }
}
