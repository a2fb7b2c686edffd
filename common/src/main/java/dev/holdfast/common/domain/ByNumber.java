package dev.holdfast.common.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the constants of an enum by their numbers. An unknown number is an error, never a default.
 */
final class ByNumber<E extends Enum<E> & Numbered> {
  private final String what;
  private final Map<Integer, E> constants;

  ByNumber(String what, E[] all) {
    this.what = what;
    this.constants =
        Stream.of(all).collect(toUnmodifiableMap(Numbered::number, Function.identity()));
  }

  E of(int number) {
    E constant = constants.get(number);
    if (constant == null) {
      throw new IllegalArgumentException("unknown " + what);
    }
    return constant;
  }
}
