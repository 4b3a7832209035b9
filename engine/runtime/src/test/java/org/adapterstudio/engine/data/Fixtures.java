package org.adapterstudio.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** Recipes, files and tokenizers that the data tests share. */
final class Fixtures {
  static final Path BYTES = Path.of("src/test/resources/tokenizers/bytes");
  static final Path PIECES = Path.of("src/test/resources/tokenizers/pieces");

  private Fixtures() {}

  static Path write(Path folder, String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A data section with every default but these. */
  static Recipe.Data data(Path train, String format, Map<String, String> columns) {
    return new Recipe.Data(train.toString(), null, 0.0, format, columns, null, null, null, null);
  }

  static Recipe recipe(Recipe.Data data, int batch, long seed) {
    Recipe.Training training = Trainings.with("per_device_train_batch_size", batch, "seed", seed);
    return new Recipe(1, "test", null, data, null, training, null);
  }

  static ChatTemplate template(String name, Tokenizer tokenizer) {
    return ChatTemplate.named(name, tokenizer.specials());
  }

  /** Question rows with a number each, so that all differ. */
  static String questions(int rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= rows; i++) {
      text.append("{\"question\": \"What is ")
          .append(i)
          .append("?\", \"answer\": \"It is ")
          .append("x".repeat(i % 7))
          .append(i)
          .append(".\"}\n");
    }
    return text.toString();
  }
}
