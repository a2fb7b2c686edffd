package dev.holdfast.common.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the constants of an enum by their numbers. An unknown number is an error, never a default.
 */
final class ByNumber<E extends Enum<E> & Numbered> {
  private final String what;
  private final Map<Integer, E> constants = new HashMap<>();

  ByNumber(String what, E[] all) {
    this.what = what;
    for (E constant : all) {
      if (constants.put(constant.number(), constant) != null) {
        throw new IllegalStateException("two constants have the number of " + constant);
      }
    }
  }

  E of(int number) {
    E constant = constants.get(number);
    if (constant == null) {
      throw new IllegalArgumentException("unknown " + what);
    }
    return constant;
  }
}
