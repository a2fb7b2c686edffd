package dev.holdfast.common.limits;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/** Finds a SKU that occurs in two lines; without allocation for the usual few lines. */
final class RepeatedSku {
  static final int NONE = -1;

  private static final int FEW = 8;

  private RepeatedSku() {}

  /** Index of the first line whose SKU an earlier line has, or {@link #NONE}. */
  static int find(int lines, IntFunction<String> sku) {
    return lines <= FEW ? byComparing(lines, sku) : byHashing(lines, sku);
  }

  private static int byComparing(int lines, IntFunction<String> sku) {
    for (int later = 1; later < lines; later++) {
      String value = sku.apply(later);
      for (int earlier = 0; earlier < later; earlier++) {
        if (value.equals(sku.apply(earlier))) {
          return later;
        }
      }
    }
    return NONE;
  }

  private static int byHashing(int lines, IntFunction<String> sku) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines; i++) {
      if (!seen.add(sku.apply(i))) {
        return i;
      }
    }
    return NONE;
  }
}
