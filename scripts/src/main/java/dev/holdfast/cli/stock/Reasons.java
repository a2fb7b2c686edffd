package dev.holdfast.cli.stock;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reasons of an adjustment as they are typed: {@code write-off}. */
public final class Reasons {
  private static final String PREFIX = "ADJUSTMENT_REASON_";

  private Reasons() {}

  /** The reason, or a UsageException that names all. */
  public static AdjustmentReason parse(String text) {
    return Arrays.stream(AdjustmentReason.values())
        .filter(Reasons::isGiven)
        .filter(reason -> typed(reason).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--reason must be one of " + all() + ", was '" + text + "'"));
  }

  private static String all() {
    return Arrays.stream(AdjustmentReason.values())
        .filter(Reasons::isGiven)
        .map(Reasons::typed)
        .collect(Collectors.joining(", "));
  }

  private static boolean isGiven(AdjustmentReason reason) {
    return reason != AdjustmentReason.ADJUSTMENT_REASON_UNSPECIFIED
        && reason != AdjustmentReason.UNRECOGNIZED;
  }

  private static String typed(AdjustmentReason reason) {
    return reason.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
