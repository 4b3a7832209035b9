package org.adapterstudio.engine.method.start;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.SampleRows;

/** Sample rows of reference cases, and a few of our own. */
final class SampleBatches {
  private SampleBatches() {}

  /** The calibration rows that a reference start was made from: [batches, rows, length]. */
  static Calibration stored(BaseModel base, SafetensorsFile file) {
    long[] shape = file.shape("calibration.input_ids");
    boolean single = shape.length == 2;
    int rows = single ? 1 : (int) shape[1];
    int length = (int) shape[shape.length - 1];
    long[] ids = file.longs("calibration.input_ids");
    long[] labels = single ? ids : file.longs("calibration.labels");
    long[] mask = single ? null : file.longs("calibration.attention_mask");
    var all = new ArrayList<Rows>();
    for (int at = 0; at < ids.length; at += rows * length) {
      int end = at + rows * length;
      Tokens tokens = Tokens.of(Arrays.copyOfRange(ids, at, end), rows);
      Tokens masked = mask == null ? tokens : tokens.masked(Arrays.copyOfRange(mask, at, end));
      long[] wanted = Arrays.copyOfRange(labels, at, end);
      all.add(new Rows(Inputs.of(masked), wanted, new int[rows]));
    }
    return new SampleRows(base, all, _ -> {});
  }

  /** The batches of sample rows. */
  static List<Rows> rows(Calibration calibration) {
    return ((SampleRows) calibration).rows();
  }

  /** Four batches of two rows, nothing padded. */
  static Calibration some(BaseModel base) {
    var all = new ArrayList<Rows>();
    for (int batch = 0; batch < 4; batch++) {
      long[] ids = new long[48];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (batch * 131 + i * i * 7 + i) % 61;
      }
      all.add(new Rows(Inputs.of(Tokens.of(ids, 2)), ids, new int[2]));
    }
    return new SampleRows(base, List.copyOf(all), _ -> {});
  }
}
