package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One row as it stands in the file.
 *
 * @param line from 1, on which the row starts
 * @param fields by column name
 */
record Row(int line, ObjectNode fields) {
  /**
   * The value of a column, or of a path such as {@code instances.0.input} inside one; null where
   * there is none.
   */
  JsonNode get(String column) {
    JsonNode value = fields.get(column);
    if (value != null || column.indexOf('.') < 0) {
      return value;
    }
    JsonNode at = fields;
    for (String step : column.split("\\.", -1)) {
      at = at.isArray() && step.matches("\\d{1,6}") ? at.get(Integer.parseInt(step)) : at.get(step);
      if (at == null) {
        return null;
      }
    }
    return at;
  }
}
