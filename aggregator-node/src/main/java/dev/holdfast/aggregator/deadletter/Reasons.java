package dev.holdfast.aggregator.deadletter;

import dev.holdfast.aggregator.view.UnreadableEventException;
import dev.holdfast.common.codec.UnreadableException;

/** Why a change failed, in a line that says enough and is stored. */
final class Reasons {
  private static final int LENGTH_MAX = 256;

  private Reasons() {}

  static String of(Exception cause) {
    boolean clear =
        cause instanceof UnreadableEventException || cause instanceof UnreadableException;
    String message = String.valueOf(cause.getMessage());
    String text = clear ? message : cause.getClass().getSimpleName() + ": " + message;
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
  }
}
