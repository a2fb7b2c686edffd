package dev.holdfast.common.limits;

import org.jspecify.annotations.Nullable;

/**
 * The path of the field that is being checked: at most two lists deep, as in {@code
 * commands[3].lines[2]}. Kept in plain fields, so that a valid request builds no text.
 */
final class FieldPath {
  private @Nullable String outer;
  private int outerIndex;
  private @Nullable String inner;
  private int innerIndex;

  void enter(String list, int index) {
    if (outer == null) {
      outer = list;
      outerIndex = index;
    } else if (inner == null) {
      inner = list;
      innerIndex = index;
    } else {
      throw new IllegalStateException("requests nest at most two lists");
    }
  }

  void leave() {
    if (inner != null) {
      inner = null;
    } else {
      outer = null;
    }
  }

  /** The full path of a field. */
  String of(String field) {
    StringBuilder path = new StringBuilder();
    append(path, outer, outerIndex);
    append(path, inner, innerIndex);
    return path.append(field).toString();
  }

  private static void append(StringBuilder path, @Nullable String list, int index) {
    if (list != null) {
      path.append(list).append('[').append(index).append("].");
    }
  }
}
