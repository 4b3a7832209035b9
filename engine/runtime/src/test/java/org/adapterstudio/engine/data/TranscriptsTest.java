package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;

class TranscriptsTest {
  @Test
  void aTranscriptEndsWithTheEndTokenAndLeavesTheStartTokenOut() {
    try (var tokenizer = Tokenizer.load(Fixtures.BYTES)) {
      int[] ids = tokenizer.encode("Hello", true);
      int end = tokenizer.specials().eosIds().getFirst();
      int[] whole = Arrays.copyOf(ids, ids.length + 1);
      whole[ids.length] = end;
      assertThat(new Transcripts(tokenizer, -1, 99).encode("Hello").ids()).isEqualTo(whole);
      int[] behind = Arrays.copyOfRange(whole, 1, whole.length);
      assertThat(new Transcripts(tokenizer, ids[0], 99).encode("Hello").ids()).isEqualTo(behind);
      var cut = new Transcripts(tokenizer, -1, 2).encode("Hello");
      assertThat(cut.ids()).isEqualTo(Arrays.copyOf(whole, 2));
      assertThat(cut.fullLength()).isEqualTo(whole.length);
    }
  }

  @Test
  void labelsAreFilledUpWithWhatIsNotTrained() {
    var texts =
        List.of(
            new Transcripts.Said(new int[] {5, 6, 7}, 3), new Transcripts.Said(new int[] {8}, 1));
    assertThat(Transcripts.labels(texts)).containsExactly(5, 6, 7, 8, -100, -100);
  }
}
