package dev.holdfast.cli.drill.run;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.workload.RecordedCalls;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of the drill: makes one call after the other. After an unknown outcome it goes on, or
 * asks again with the same key. For one thread.
 */
final class Caller {
  /** One read of so many may be late. */
  private static final int LATE = 4;

  /** After one unknown outcome of so many it asks again. */
  private static final int AGAIN = 4;

  private static final long STALENESS_MILLIS_MAX = 60_000;

  private final int number;
  private final Random random;
  private final RecordedCalls calls;
  private final LongAdder operations;

  Caller(int number, Random random, RecordedCalls calls, LongAdder operations) {
    this.number = number;
    this.random = random;
    this.calls = calls;
    this.operations = operations;
  }

  /**
   * Makes a call, or two.
   *
   * @param tokens learns the tokens of leases
   * @return whether the outcome is unknown
   */
  boolean call(Message request, LongConsumer tokens) {
    boolean unknown = once(request, tokens);
    boolean again = unknown && random.nextInt(AGAIN) == 0;
    return again ? once(request, tokens) : unknown;
  }

  /** Makes a late read of some reads. */
  Message lateNowAndThen(Message request) {
    if (request instanceof GetStockRequest read && random.nextInt(LATE) == 0) {
      return read.toBuilder()
          .setRead(ReadOptions.newBuilder().setMaxStalenessMillis(STALENESS_MILLIS_MAX))
          .build();
    }
    return request;
  }

  private boolean once(Message request, LongConsumer tokens) {
    operations.add(operations(request));
    try {
      Message answer = calls.send(number, request).join();
      if (answer instanceof AcquireLeaseResponse acquired) {
        tokens.accept(acquired.getLease().getToken());
      }
      return answer instanceof SubmitBatchResponse batch && isAnyUnknown(batch);
    } catch (CompletionException failed) {
      return isUnknown(failed.getCause());
    }
  }

  /** What a call asks for: a batch as much as it holds. */
  static int operations(Message request) {
    if (request instanceof SubmitBatchRequest batch) {
      return batch.getCommandsCount();
    }
    return request instanceof BatchGetStockRequest read ? read.getItemsCount() : 1;
  }

  private static boolean isAnyUnknown(SubmitBatchResponse batch) {
    return batch.getOutcomesList().stream()
        .filter(CommandOutcome::hasError)
        .anyMatch(outcome -> isUnknown(HoldfastException.of(outcome.getError())));
  }

  /** Any other failure than one of the client library is a bug of the drill. */
  private static boolean isUnknown(@Nullable Throwable failure) {
    if (failure instanceof HoldfastException) {
      return failure instanceof OutcomeUnknownException;
    }
    throw new IllegalStateException("a call failed in an unexpected way", failure);
  }
}
