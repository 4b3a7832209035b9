package org.adapterstudio.engine.task;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Transcripts;
import org.adapterstudio.engine.generate.GenerationRules;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.sound.SoundPreparation;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Writing down what is said in sounds (arXiv:2212.04356). */
public final class SpeechToText implements Task {
  @Override
  public boolean suits(Network network) {
    return network instanceof EncoderDecoder model && !model.reads();
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Tokenizer tokenizer = Tokenizer.load(model);
    try {
      Speech speech = speech(recipe, model, tokenizer, progress);
      BadRows.requireUsable(speech.bad(), speech.split().train().isEmpty(), recipe.data());
      var batches = Batching.of(speech.split(), recipe.training(), (some, _) -> speech.rows(some));
      var extent =
          new Lesson.Extent(
              speech.split().train().size(),
              speech.split().eval().size(),
              speech.cut(),
              batches.order().perEpoch(),
              speech.bad());
      return new WrittenAnswers<>(tokenizer, extent, batches, speech.kind(place(recipe)));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      return speech(recipe, model, tokenizer, progress).preview(recipe.data(), rows);
    }
  }

  /** Transcripts begin as answers will: with the opening that generation_config.json asks for. */
  private static Speech speech(
      Recipe recipe, Path model, Tokenizer tokenizer, LoadProgress progress) {
    EncoderDecoder network = WrittenAnswers.network(model, false);
    int longest = Math.min(recipe.data().maxLength(), network.longest());
    var opening = GenerationRules.read(model).fixedOpening();
    var transcripts = new Transcripts(tokenizer, network.startToken(), opening, longest);
    return Speech.read(recipe, SoundPreparation.read(model), transcripts, progress);
  }

  /** Folder that the sounds of a recipe lie in. */
  private static Path place(Recipe recipe) {
    Path train = Path.of(recipe.data().train()).toAbsolutePath();
    return Files.isDirectory(train) ? train : train.getParent();
  }
}
