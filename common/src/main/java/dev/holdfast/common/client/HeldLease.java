package dev.holdfast.common.client;

import dev.holdfast.common.client.Calls.Sent;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lease that is renewed by itself. Whoever holds it puts its token into every change of the item:
 * the store nodes then see to it that a lost lease changes nothing, whenever the holder learns of
 * it. The holder learns of it before anybody else can have it: the time of a lease counts from when
 * the request for it was sent. Any thread.
 */
public final class HeldLease implements AutoCloseable {
  private final LeaseClient client;
  private final AcquireLeaseRequest asked;
  private final CompletableFuture<Void> lost = new CompletableFuture<>();
  private volatile Lease lease;
  private volatile long endNanos;
  private volatile @Nullable Throwable lastFailure;
  private volatile boolean closed;

  private HeldLease(LeaseClient client, Lease granted, AcquireLeaseRequest asked) {
    this.client = client;
    this.asked = asked;
    this.lease = granted;
  }

  static HeldLease start(
      LeaseClient client, Sent<AcquireLeaseResponse> granted, AcquireLeaseRequest asked) {
    AcquireLeaseResponse answer = granted.answer();
    HeldLease held = new HeldLease(client, answer.getLease(), asked);
    held.lasts(granted.sentNanos(), answer.getLeftMillis(), answer.getRenewAfterMillis());
    return held;
  }

  /** The lease as the last answer gave it. */
  public Lease lease() {
    return lease;
  }

  /** For the `fencing_tokens` of changes. */
  public long token() {
    return lease.getToken();
  }

  /**
   * Completes with the reason as an exception when a renewal was refused, or none was answered
   * while the lease lasted. Never completes once the lease is released.
   */
  public CompletableFuture<Void> lost() {
    return lost;
  }

  /** A node that does not report the time left asks for a renewal at half of it at the latest. */
  private void lasts(long sinceNanos, long leftMillis, long renewAfterMillis) {
    long millis = leftMillis > 0 ? leftMillis : 2 * renewAfterMillis;
    endNanos = sinceNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    later(this::renew, TimeUnit.MILLISECONDS.toNanos(renewAfterMillis));
    later(this::endIfOver, leftNanos());
  }

  private long leftNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }

  private void later(Runnable step, long nanos) {
    try {
      var unused = client.timer().schedule(() -> guarded(step), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException clientIsClosed) {
      lose(clientIsClosed);
    }
  }

  /** Ends the lease if a step throws, since the timer would swallow the exception. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      lose(e);
    }
  }

  private void endIfOver() {
    if (leftNanos() == 0) {
      Throwable failure = lastFailure;
      lose(failure == null ? new UnavailableException(unanswered()) : failure);
    }
  }

  private static Failure unanswered() {
    Status status =
        Status.DEADLINE_EXCEEDED.withDescription("no renewal was answered while the lease lasted");
    return Failure.of(status, new Metadata(), null);
  }

  private void lose(Throwable why) {
    if (!closed) {
      lost.completeExceptionally(why);
    }
  }

  private void renew() {
    if (closed || lost.isDone()) {
      return;
    }
    RenewLeaseRequest.Builder request =
        RenewLeaseRequest.newBuilder()
            .setStore(asked.getStore())
            .setSku(asked.getSku())
            .setToken(token());
    if (asked.hasTtlMillis()) {
      request.setTtlMillis(asked.getTtlMillis());
    }
    var unused =
        client
            .renewWithin(Duration.ofNanos(leftNanos()), request.build())
            .whenComplete(this::renewed);
  }

  /** A refusal ends the lease; without an answer it lasts for the time left. */
  private void renewed(@Nullable Sent<RenewLeaseResponse> renewed, @Nullable Throwable thrown) {
    if (renewed != null) {
      if (!closed && !lost.isDone()) {
        RenewLeaseResponse answer = renewed.answer();
        lease = answer.getLease();
        lasts(renewed.sentNanos(), answer.getLeftMillis(), answer.getRenewAfterMillis());
      }
      return;
    }
    HoldfastException failure =
        HoldfastException.from(
            thrown == null ? new IllegalStateException("neither answer nor failure") : thrown);
    lastFailure = failure;
    if (!(failure instanceof UnavailableException || failure instanceof OutcomeUnknownException)) {
      lose(failure);
    }
  }

  /** Releases the lease; fails if it was lost before. */
  public CompletableFuture<ReleaseLeaseResponse> release() {
    closed = true;
    return client.release(
        ReleaseLeaseRequest.newBuilder()
            .setStore(asked.getStore())
            .setSku(asked.getSku())
            .setToken(token())
            .build());
  }

  /** Releases the lease without waiting for the answer, since it ends by itself in any case. */
  @Override
  public void close() {
    if (!closed) {
      var unused = release();
    }
  }
}
