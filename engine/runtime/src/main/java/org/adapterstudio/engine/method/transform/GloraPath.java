package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * One of GLoRA's trained terms, by the name it has in the file, glora_A to glora_E.
 *
 * @param form lora, vector, constant or none
 * @param left the value itself, or the thin product's left factor [rows, r], zero at first
 * @param right its right factor [r, columns]; null where the value stands alone
 */
record GloraPath(String name, String form, NDArray left, NDArray right) {
  /**
   * @param columns of the value; 0 makes it a plain vector of its rows
   */
  static GloraPath start(
      Attachment at, Linear site, String term, String form, int rows, int columns, int rank) {
    String name = "glora_" + term;
    return switch (form) {
      case "lora" -> {
        NDArray right = at.kaimingUniform(site.module() + "." + name, rank, columns);
        yield new GloraPath(name, form, at.zeros(rows, rank), right);
      }
      case "vector" -> new GloraPath(name, form, vector(at, rows, columns), null);
      case "constant" -> new GloraPath(name, form, at.zeros(1), null);
      default -> new GloraPath(name, form, nothing(at, rows, columns), null);
    };
  }

  private static NDArray vector(Attachment at, int rows, int columns) {
    return columns == 0 ? at.zeros(rows) : at.zeros(rows, 1);
  }

  private static NDArray nothing(Attachment at, int rows, int columns) {
    return columns == 0 ? at.zeros(rows) : at.zeros(rows, columns);
  }

  /** Trained numbers of a form. */
  static long count(String form, int rows, int columns, int rank) {
    return switch (form) {
      case "lora" -> (long) rank * (rows + columns);
      case "vector" -> rows;
      case "constant" -> 1;
      default -> 0;
    };
  }

  NDArray value(Scope scope) {
    return right == null ? left : scope.call("matrix_product", left, right);
  }

  SequencedMap<String, NDArray> trained() {
    var trained = new LinkedHashMap<String, NDArray>();
    if (right != null) {
      trained.put(name + ".Xd", left);
      trained.put(name + ".Xu", right);
    } else if (!form.equals("none")) {
      trained.put(name + ".X", left);
    }
    return trained;
  }

  /** PEFT stores the zeros of a term that is not there. */
  SequencedMap<String, Kept> kept() {
    var kept = new LinkedHashMap<String, Kept>();
    if (form.equals("none")) {
      kept.put(name + ".zeros", Kept.derived(left));
    }
    return kept;
  }
}
