package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins encoded rows to blocks and blocks to batches. */
final class Batches {
  private Batches() {}

  /** Each row a block of its own. */
  static List<List<EncodedRow>> single(List<EncodedRow> rows) {
    return rows.stream().map(List::of).toList();
  }

  /**
   * First fit: each row goes into the first open block with room for it. Rows keep their file order
   * within a block.
   *
   * @param length most tokens in a block
   */
  static List<List<EncodedRow>> pack(List<EncodedRow> rows, int length) {
    Blocks blocks = new Blocks(rows.size());
    List<List<EncodedRow>> packed = new ArrayList<>();
    for (EncodedRow row : rows) {
      int block = blocks.place(row.ids().length, length);
      if (block == packed.size()) {
        packed.add(new ArrayList<>());
      }
      packed.get(block).add(row);
    }
    return packed;
  }

  /**
   * Free room per block in a tree of maxima, so that the first block with room is found in
   * logarithmic time.
   */
  private static final class Blocks {
    private final int leaves;
    private final int[] room;
    private int used;

    Blocks(int rows) {
      leaves = Integer.highestOneBit(Math.max(1, rows - 1)) * 2;
      room = new int[2 * leaves];
    }

    int place(int tokens, int length) {
      if (room[1] >= tokens) {
        int block = first(tokens);
        set(block, room[leaves + block] - tokens);
        return block;
      }
      set(used, length - tokens);
      return used++;
    }

    private int first(int tokens) {
      int node = 1;
      while (node < leaves) {
        node = room[2 * node] >= tokens ? 2 * node : 2 * node + 1;
      }
      return node - leaves;
    }

    private void set(int block, int free) {
      int node = leaves + block;
      room[node] = free;
      for (node /= 2; node > 0; node /= 2) {
        room[node] = Math.max(room[2 * node], room[2 * node + 1]);
      }
    }
  }

  /** One batch, as long as its longest block. */
  static Batch join(List<List<EncodedRow>> blocks, int padId) {
    int length = blocks.stream().mapToInt(Batches::tokens).max().orElse(0);
    int cells = Math.multiplyExact(blocks.size(), length);
    Batch batch =
        new Batch(
            blocks.size(),
            length,
            new long[cells],
            new long[cells],
            new long[cells],
            new long[cells],
            new long[cells],
            blocks.stream().anyMatch(block -> block.size() > 1),
            blocks.stream().flatMap(List::stream).mapToInt(EncodedRow::line).toArray());
    Arrays.fill(batch.inputIds(), padId);
    Arrays.fill(batch.labels(), EncodedRow.NOT_TRAINED);
    for (int b = 0; b < blocks.size(); b++) {
      fill(batch, b * length, blocks.get(b));
    }
    return batch;
  }

  static int tokens(List<EncodedRow> block) {
    return block.stream().mapToInt(row -> row.ids().length).sum();
  }

  private static void fill(Batch batch, int start, List<EncodedRow> block) {
    int at = start;
    for (int segment = 0; segment < block.size(); segment++) {
      EncodedRow row = block.get(segment);
      for (int i = 0; i < row.ids().length; i++, at++) {
        batch.inputIds()[at] = row.ids()[i];
        batch.attentionMask()[at] = 1;
        // The first token of a packed row would be predicted from the row before it.
        batch.labels()[at] = i == 0 ? EncodedRow.NOT_TRAINED : row.labels()[i];
        batch.positionIds()[at] = i;
        batch.segmentIds()[at] = segment + 1;
      }
    }
  }
}
