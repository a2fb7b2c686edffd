package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import java.util.Arrays;
import java.util.List;

/**
 * The log's time at each step. Without a log only some answers tell it: in between, it lies between
 * the last known time and the next one, since it never runs backwards.
 */
final class LogTimes {
  static final long FOR_EVER = Long.MAX_VALUE / 4;
  private static final long UNTOLD = -1;

  private final long reservationTtl;
  private final long leaseTtl;
  private final long[] exact;
  private final long[] latest;

  LogTimes(List<Step> steps, Settings settings) {
    reservationTtl = settings.reservationTtl().toMillis();
    leaseTtl = settings.leaseTtl().toMillis();
    exact = steps.stream().mapToLong(this::exact).toArray();
    latest = new long[exact.length + 1];
    Arrays.fill(latest, FOR_EVER);
    for (int i = exact.length - 1; i >= 0; i--) {
      latest[i] = exact[i] == UNTOLD ? latest[i + 1] : Math.min(exact[i], latest[i + 1]);
    }
  }

  /** The earliest time of a step, given the earliest time of the one before. */
  long earliest(int step, long before) {
    return exact[step] == UNTOLD ? before : Math.max(before, exact[step]);
  }

  /** The latest time of a step; behind the last one there is no bound. */
  long latest(int step) {
    return latest[step];
  }

  private long exact(Step step) {
    LogEntry entry = step.entry();
    if (entry != null) {
      return entry.millis();
    }
    for (Op op : step.ops()) {
      Call call = op.call();
      if (call.outcome() instanceof Outcome.Answered answered) {
        return exact(step.sequence(), call.request(), answered.answer());
      }
    }
    return UNTOLD;
  }

  /** The time of a decision, where an answer tells when something ends that began with it. */
  private long exact(long sequence, Message request, Message answer) {
    if (request instanceof ReserveRequest reserve) {
      long expires =
          answer instanceof Accepted accepted
              ? accepted.getExpiresMillis()
              : ((ReserveResponse) answer).getExpiresMillis();
      long ttl = reserve.getTtlMillis();
      return expires - (ttl == 0 ? reservationTtl : ttl);
    }
    if (request instanceof AcquireLeaseRequest acquire
        && answer instanceof AcquireLeaseResponse acquired
        && acquired.getLease().getToken() == sequence) {
      long ttl = acquire.hasTtlMillis() ? acquire.getTtlMillis() : leaseTtl;
      return acquired.getLease().getExpiresMillis() - ttl;
    }
    return UNTOLD;
  }
}
