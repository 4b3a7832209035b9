package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.SmallerBatch;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.Test;

class MemoryFailureTest {
  private final Recipe.Training training = Recipe.Training.defaults();

  @Test
  void whatTheLibrarySaysWhenMemoryRunsOutIsUnderstood() {
    Throwable cause =
        catchThrowable(
            () -> {
              try (var manager = NDManager.newBaseManager()) {
                manager.zeros(new Shape(1L << 50)); // four million gigabytes
              }
            });
    Failure failure = MemoryFailure.of(cause, 36, training);
    assertThat(failure.kind()).as(failure.detail()).isEqualTo("out_of_memory");
    assertThat(failure.sentence())
        .isEqualTo("Memory ran out at step 37 with 4 rows in memory at once.");
    assertThat(failure.action()).contains("to 2 x 8: a step sees the same rows");
    assertThat(failure.detail()).contains(cause.getMessage());
    assertThat(SmallerBatch.wanted(failure)).isTrue();
  }

  @Test
  void aHeapThatIsFullIsALackOfMemoryToo() {
    Failure failure = MemoryFailure.of(new OutOfMemoryError("Java heap space"), 0, training);
    assertThat(failure.kind()).isEqualTo("out_of_memory");
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    var known = StudioException.badInput("The file is not enough memory.", "Read it.");
    assertThat(MemoryFailure.of(known, 3, training)).isEqualTo(known.failure());
    assertThat(MemoryFailure.of(new IllegalStateException("no"), 3, training).kind())
        .isEqualTo("internal");
  }

  @Test
  void aSingleRowCannotBeHalved() {
    assertThat(SmallerBatch.of(1, 16)).isEmpty();
    assertThat(SmallerBatch.of(3, 4)).contains(new SmallerBatch(1, 12));
    assertThat(SmallerBatch.of(6, 2)).contains(new SmallerBatch(3, 4));
  }
}
