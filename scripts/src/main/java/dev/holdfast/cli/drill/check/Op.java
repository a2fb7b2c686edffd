package dev.holdfast.cli.drill.check;

import com.google.common.hash.Hashing;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.PackedCall;
import java.nio.charset.StandardCharsets;

/**
 * One command or read in one partition: a call, or a part of one.
 *
 * @param sequence the position in its answer, 0 when it has none
 * @param keyPrint 64 bits of its idempotency key, by which keys are compared; 0 for reads
 */
record Op(PackedCall packed, Told told, int partition, long sequence, long keyPrint) {
  /** Classifies outcomes. */
  enum Told {
    /** A mutation that was acknowledged. */
    ANSWERED,
    /** A mutation that was decided against, which the log records. */
    REFUSED,
    /** A mutation that was decided against for the moment, without a trace in the log. */
    REFUSED_FOR_NOW,
    /** A mutation whose key was taken by another one. */
    KEY_REUSED,
    UNKNOWN,
    NOT_TRIED,
    /** A linearizable read that was answered or found nothing. */
    READ,
    /** A read that may be late. */
    LATE_READ
  }

  static long print(String key) {
    return Hashing.farmHashFingerprint64().hashString(key, StandardCharsets.UTF_8).asLong();
  }

  Call call() {
    return packed.unpack();
  }

  long begin() {
    return packed.beginNanos();
  }

  long end() {
    return packed.endNanos();
  }

  boolean isRead() {
    return told == Told.READ || told == Told.LATE_READ;
  }

  /** Whether the caller learned what was decided. */
  boolean isTold() {
    return told == Told.ANSWERED || told == Told.REFUSED;
  }
}
