package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static Tokenizer tokenizer;
  private static ChatTemplate template;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizer.load(Fixtures.BYTES);
    template = Fixtures.template("chatml", tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void namesTheThreeBrokenRowsOfAThousand() {
    String[] lines = Fixtures.questions(1000).split("\n");
    lines[16] = "{\"question\": \"What?\", \"answer\": \"  \"}";
    lines[499] = "{\"question\": \"What?\", \"answer\": ";
    lines[998] = "{\"question\": [1], \"answer\": \"yes\"}";
    Path file = Fixtures.write(folder, "rows.jsonl", String.join("\n", lines));
    assertThatThrownBy(() -> load(Fixtures.data(file, "auto", Map.of()), 4, 1))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("3 rows cannot be used")
        .hasMessageContaining(file + ", line 17: answer is empty")
        .hasMessageContaining(file + ", line 500: is not valid JSON: Unexpected end-of-input")
        .hasMessageContaining(file + ", line 999: question holds a list, not text")
        .hasMessageContaining("data.skip_bad_rows=true");
    Dataset without = load(skipping(file), 4, 1);
    assertThat(without.trainRows()).isEqualTo(997);
    assertThat(without.skipped()).extracting("line").containsExactly(17, 500, 999);
  }

  @Test
  void listsTenBadRowsAndCountsTheRest() {
    Path file = Fixtures.write(folder, "rows.jsonl", "nonsense\n".repeat(25));
    assertThatThrownBy(() -> load(Fixtures.data(file, "auto", Map.of()), 4, 1))
        .hasMessageContaining("25 rows cannot be used")
        .hasMessageContaining("line 10:")
        .hasMessageNotContaining("line 11:")
        .hasMessageContaining("and 15 more");
  }

  @Test
  void everyEpochIsAPermutationOfAllRows() {
    Dataset dataset = load(questions(50), 4, 7);
    assertThat(dataset.microBatchesPerEpoch()).isEqualTo(13);
    for (long epoch = 0; epoch < 3; epoch++) {
      int[] all = dataset.order(epoch).stream().flatMapToInt(Arrays::stream).sorted().toArray();
      assertThat(all).hasSize(50).doesNotHaveDuplicates();
      assertThat(dataset.order(epoch)).last().satisfies(last -> assertThat(last).hasSize(2));
    }
    assertThat(lines(dataset, 0)).isNotEqualTo(lines(dataset, 1));
  }

  @Test
  void orderDependsOnSeedAndEpochAlone() {
    Dataset one = load(questions(50), 4, 7);
    Dataset same = load(questions(50), 4, 7);
    assertThat(lines(one, 5)).isEqualTo(lines(same, 5));
    assertThat(lines(one, 0)).isEqualTo(lines(same, 0));
    assertThat(lines(one, 0)).isNotEqualTo(lines(load(questions(50), 4, 8), 0));
  }

  @Test
  void anyMicroBatchIsReachedWithoutReplay() {
    Dataset inOrder = load(questions(30), 4, 3);
    Dataset resumed = load(questions(30), 4, 3);
    Batch late = resumed.microBatch(21);
    for (long i = 0; i <= 21; i++) {
      Batch batch = inOrder.microBatch(i);
      if (i == 21) {
        assertThat(batch.inputIds()).isEqualTo(late.inputIds());
        assertThat(batch.lines()).isEqualTo(late.lines());
      }
    }
  }

  @Test
  void padsOnTheRightToTheLongestRow() {
    Batch batch = load(questions(8), 8, 3).microBatch(0);
    assertThat(batch.rows()).isEqualTo(8);
    boolean someFull = false;
    for (int r = 0; r < 8; r++) {
      int tokens = 0;
      while (tokens < batch.length() && batch.attentionMask()[r * batch.length() + tokens] == 1) {
        assertThat(batch.positionIds()[r * batch.length() + tokens]).isEqualTo(tokens);
        tokens++;
      }
      for (int i = tokens; i < batch.length(); i++) {
        int at = r * batch.length() + i;
        assertThat(batch.inputIds()[at]).isEqualTo(tokenizer.specials().padId());
        assertThat(batch.attentionMask()[at]).isZero();
        assertThat(batch.labels()[at]).isEqualTo(EncodedRow.NOT_TRAINED);
      }
      someFull |= tokens == batch.length();
    }
    assertThat(someFull).isTrue();
    assertThat(batch.packed()).isFalse();
  }

  @Test
  void holdsOutRowsBySeedAndNeverTrainsOnThem() {
    Path file = questions(40);
    Recipe.Data data =
        new Recipe.Data(file.toString(), null, 0.1, null, null, null, null, null, null);
    Dataset dataset = load(data, 4, 5);
    assertThat(dataset.evalRows()).isEqualTo(4);
    assertThat(dataset.trainRows()).isEqualTo(36);
    List<Integer> train = lines(dataset, 0);
    List<Integer> held = new ArrayList<>();
    for (Batch batch : dataset.evalBatches(3)) {
      Arrays.stream(batch.lines()).forEach(held::add);
    }
    assertThat(held).hasSize(4).doesNotContainAnyElementsOf(train);
    assertThat(dataset.evalQuestions()).hasSize(4);
    Prompt first = dataset.evalQuestions().getFirst();
    assertThat(tokenizer.decode(first.ids(), false)).endsWith("<|im_start|>assistant\n");
    assertThat(first.wanted()).startsWith("It is");
  }

  @Test
  void holdsOutAtLeastOneOfTwentyRowsAndNoneOfFewer() {
    assertThat(load(fraction(questions(20), 0.001), 4, 1).evalRows()).isEqualTo(1);
    assertThat(load(fraction(questions(19), 0.5), 4, 1).evalRows()).isZero();
    assertThat(load(fraction(questions(30), 0.0), 4, 1).evalRows()).isZero();
  }

  @Test
  void reportsProgressAndStopsWhenCancelled() {
    AtomicLong done = new AtomicLong();
    Recipe recipe = Fixtures.recipe(Fixtures.data(questions(30), "auto", Map.of()), 4, 1);
    Dataset.load(recipe, tokenizer, template, (d, total) -> done.set(d * 1000 + total));
    assertThat(done.get()).isEqualTo(30_030);
    LoadProgress impatient =
        new LoadProgress() {
          @Override
          public void report(long d, long total) {
            done.set(d);
          }

          @Override
          public boolean cancelled() {
            return done.get() == 5;
          }
        };
    done.set(0);
    assertThatThrownBy(() -> Dataset.load(recipe, tokenizer, template, impatient))
        .isInstanceOfSatisfying(
            StudioException.class, e -> assertThat(e.failure().kind()).isEqualTo("cancelled"));
    assertThat(done.get()).isEqualTo(5);
  }

  @Test
  void aConversationWithoutATemplateListsTheBuiltInOnes() {
    Recipe recipe = Fixtures.recipe(Fixtures.data(questions(3), "auto", Map.of()), 4, 1);
    assertThatThrownBy(() -> Dataset.load(recipe, Fixtures.BYTES, tokenizer, LoadProgress.NONE))
        .hasMessageContaining("no chat template")
        .hasMessageContaining("data.chat_template")
        .hasMessageContaining("chatml, llama3");
  }

  @Test
  void aFileWithoutRowsIsRefused() {
    Path file = Fixtures.write(folder, "empty.jsonl", "\n\n");
    assertThatThrownBy(() -> load(Fixtures.data(file, "auto", Map.of()), 1, 1))
        .hasMessageContaining("no usable row");
  }

  private Path questions(int rows) {
    return Fixtures.write(folder, "questions" + rows + ".jsonl", Fixtures.questions(rows));
  }

  private static Recipe.Data skipping(Path file) {
    return new Recipe.Data(file.toString(), null, 0.0, null, null, null, null, null, true);
  }

  private static Recipe.Data fraction(Path file, double fraction) {
    return new Recipe.Data(file.toString(), null, fraction, null, null, null, null, null, null);
  }

  private Dataset load(Path file, int batch, long seed) {
    return load(Fixtures.data(file, "auto", Map.of()), batch, seed);
  }

  private static Dataset load(Recipe.Data data, int batch, long seed) {
    return Dataset.load(Fixtures.recipe(data, batch, seed), tokenizer, template, LoadProgress.NONE);
  }

  private static List<Integer> lines(Dataset dataset, long epoch) {
    List<Integer> lines = new ArrayList<>();
    for (int i = 0; i < dataset.microBatchesPerEpoch(); i++) {
      Batch batch = dataset.microBatch(epoch * dataset.microBatchesPerEpoch() + i);
      Arrays.stream(batch.lines()).forEach(lines::add);
    }
    return lines;
  }
}
