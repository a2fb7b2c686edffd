package dev.holdfast.cli.imports;

import dev.holdfast.common.domain.AdjustmentReason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a line can be, by the word in its operation column. */
enum MovementKind {
  CREATE(null),
  RECEIVE(AdjustmentReason.RECEIVE),
  SALE(AdjustmentReason.SALE),
  RETURN(AdjustmentReason.RETURN),
  WRITE_OFF(AdjustmentReason.WRITE_OFF),
  FOUND(AdjustmentReason.FOUND),
  RECOUNT(AdjustmentReason.RECOUNT);

  private static final Map<String, MovementKind> BY_WORD = byWord();

  private final @Nullable AdjustmentReason reason;

  MovementKind(@Nullable AdjustmentReason reason) {
    this.reason = reason;
  }

  static MovementKind parse(String word) throws MalformedLineException {
    MovementKind kind = BY_WORD.get(word);
    if (kind == null) {
      kind = BY_WORD.get(word.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    if (kind == null) {
      throw new MalformedLineException(
          "op: must be one of " + Arrays.toString(values()) + ", was '" + shown(word) + "'");
    }
    return kind;
  }

  /** Null for the creation of an item. */
  @Nullable AdjustmentReason reason() {
    return reason;
  }

  /** Quantities are written without a sign, except where both are possible. */
  boolean isSigned() {
    return reason == AdjustmentReason.RECOUNT;
  }

  private static Map<String, MovementKind> byWord() {
    Map<String, MovementKind> kinds = new HashMap<>();
    for (MovementKind kind : values()) {
      kinds.put(kind.name(), kind);
    }
    return Map.copyOf(kinds);
  }

  private static String shown(String word) {
    return word.length() > 32 ? word.substring(0, 32) + "…" : word;
  }
}
