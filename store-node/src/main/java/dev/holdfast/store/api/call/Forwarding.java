package dev.holdfast.store.api.call;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.PassedOn;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.store.partition.Partitions;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls on to the leader of a partition, once: who gets a forwarded call and does not lead
 * either says so. The caller's deadline and cancellation go along, and who it is: the leader asks
 * for its rights again.
 */
public final class Forwarding {
  private static final Metadata.Key<String> FORWARDED =
      Metadata.Key.of("x-holdfast-forwarded", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Boolean> IS_FORWARDED = Context.key("holdfast-forwarded");

  private final Partitions partitions;
  private final PeerChannels peers;

  public Forwarding(Partitions partitions, PeerChannels peers) {
    this.partitions = partitions;
    this.peers = peers;
  }

  /** Recognises calls that another node passed on. */
  public static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!headers.containsKey(FORWARDED)) {
          return next.startCall(call, headers);
        }
        Context context = Context.current().withValue(IS_FORWARDED, true);
        return Contexts.interceptCall(context, call, headers, next);
      }
    };
  }

  /** Passes a call on to the partition's leader, or says that there is none. */
  public <Q, R> void toLeader(
      int partition,
      MethodDescriptor<Q, R> method,
      Q request,
      String requestId,
      StreamObserver<R> caller) {
    Channel leader = leaderChannel(partition);
    if (leader == null) {
      caller.onError(noLeader(partition));
      return;
    }
    FailPoint.CALL_FORWARDED.reach();
    Metadata headers = new Metadata();
    headers.put(FORWARDED, partitions.self());
    headers.put(REQUEST_ID, requestId);
    PassedOn.put(headers, Caller.current());
    Channel withHeaders =
        ClientInterceptors.intercept(
            leader, MetadataUtils.newAttachHeadersInterceptor(headers), new EarlierMark.Relay());
    ClientCalls.asyncUnaryCall(
        withHeaders.newCall(method, CallOptions.DEFAULT), request, new Honest<>(caller));
  }

  private @Nullable Channel leaderChannel(int partition) {
    String leader = partitions.leader(partition);
    return leader == null || IS_FORWARDED.get() != null ? null : peers.to(leader);
  }

  private static Throwable noLeader(int partition) {
    return Statuses.exception(
        new Refusal(
            Reason.NO_LEADER, "not tried: partition " + partition + " has no known leader now"));
  }

  /** When the connection broke, nobody knows how far the call got. */
  record Honest<R>(StreamObserver<R> caller) implements StreamObserver<R> {
    @Override
    public void onNext(R response) {
      caller.onNext(response);
    }

    @Override
    public void onError(Throwable error) {
      caller.onError(
          StatusReader.reasonOf(error) == null ? Statuses.exception(refusal(error)) : error);
    }

    private static Refusal refusal(Throwable error) {
      return StatusReader.isNeverSent(Status.fromThrowable(error))
          ? new Refusal(Reason.NO_LEADER, "not tried: no connection to the leading node")
          : new Refusal(
              Reason.OUTCOME_UNKNOWN,
              "the connection to the leader broke; retry with the same idempotency key");
    }

    @Override
    public void onCompleted() {
      caller.onCompleted();
    }
  }
}
