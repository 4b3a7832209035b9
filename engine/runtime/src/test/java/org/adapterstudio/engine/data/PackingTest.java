package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PackingTest {
  private static final int LENGTH = 16;

  private static List<EncodedRow> rows(List<Integer> lengths) {
    List<EncodedRow> rows = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < lengths.size(); i++) {
      int[] ids = new int[lengths.get(i)];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = next++;
      }
      rows.add(new EncodedRow(i + 1, ids, ids.clone(), ids.length));
    }
    return rows;
  }

  @Property(tries = 200)
  void keepsEveryTokenExactlyOnceInOrderWithinItsRow(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = LENGTH) Integer> lengths) {
    List<EncodedRow> rows = rows(lengths);
    List<List<EncodedRow>> blocks = Batches.pack(rows, LENGTH);
    Batch batch = Batches.join(blocks, 0);
    assertThat(batch.length()).isLessThanOrEqualTo(LENGTH);
    long[] ids = Arrays.stream(batch.inputIds()).filter(id -> id > 0).sorted().toArray();
    assertThat(ids).hasSize(lengths.stream().mapToInt(Integer::intValue).sum());
    for (int i = 0; i < ids.length; i++) {
      assertThat(ids[i]).isEqualTo(i + 1);
    }
    int[] lines = Arrays.stream(batch.lines()).sorted().toArray();
    assertThat(lines).isEqualTo(rows.stream().mapToInt(EncodedRow::line).toArray());
    for (int i = 1; i < batch.inputIds().length; i++) {
      boolean same =
          i % batch.length() != 0
              && batch.segmentIds()[i] != 0
              && batch.segmentIds()[i] == batch.segmentIds()[i - 1];
      if (same) {
        assertThat(batch.inputIds()[i]).isEqualTo(batch.inputIds()[i - 1] + 1);
        assertThat(batch.positionIds()[i]).isEqualTo(batch.positionIds()[i - 1] + 1);
      } else if (batch.segmentIds()[i] != 0) {
        assertThat(batch.positionIds()[i]).isZero();
        assertThat(batch.labels()[i]).isEqualTo(EncodedRow.NOT_TRAINED);
      }
    }
  }

  @Property(tries = 200)
  void isFirstFit(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = LENGTH) Integer> lengths) {
    List<List<EncodedRow>> naive = new ArrayList<>();
    for (EncodedRow row : rows(lengths)) {
      naive.stream()
          .filter(block -> Batches.tokens(block) + row.ids().length <= LENGTH)
          .findFirst()
          .orElseGet(
              () -> {
                naive.add(new ArrayList<>());
                return naive.getLast();
              })
          .add(row);
    }
    List<List<EncodedRow>> packed = Batches.pack(rows(lengths), LENGTH);
    assertThat(lines(packed)).isEqualTo(lines(naive));
  }

  private static List<List<Integer>> lines(List<List<EncodedRow>> blocks) {
    return blocks.stream().map(b -> b.stream().map(EncodedRow::line).toList()).toList();
  }

  @Property(tries = 200)
  void shufflingIsAPermutationOfSeedAndEpochAlone(
      @ForAll @IntRange(min = 0, max = 300) int size,
      @ForAll long seed,
      @ForAll @LongRange(min = -1, max = 1000) long epoch) {
    int[] order = Shuffle.order(size, seed, epoch);
    assertThat(order).isEqualTo(Shuffle.order(size, seed, epoch));
    Integer[] sorted = Arrays.stream(order).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, Comparator.naturalOrder());
    for (int i = 0; i < size; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
  }

  @Example
  void shufflingIsTheSameForEver() {
    assertThat(Arrays.hashCode(Shuffle.order(1000, 42, 0))).isEqualTo(FOREVER);
  }

  // Written down once: a change would break every run that is resumed after it.
  private static final int FOREVER = 333_260_637;
}
