package dev.holdfast.store.api;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes single commands to the partition that decides them, here or at its leader. */
public final class Mutations {
  private final Partitions partitions;
  private final Forwarding forwarding;
  private final LockAnswer locks;
  private final HoldLimits limits;

  public Mutations(
      Partitions partitions, Forwarding forwarding, LockAnswer locks, HoldLimits limits) {
    this.locks = locks;
    this.partitions = partitions;
    this.forwarding = forwarding;
    this.limits = limits;
  }

  /**
   * What sets one kind of single call apart.
   *
   * @param map request to command
   * @param respond what was accepted to response
   */
  record Kind<Q, R>(
      MethodDescriptor<Q, R> method,
      BiFunction<RequestMapper, Q, CommandRequest> map,
      Function<Accepted, R> respond) {}

  <Q, R> void submit(Kind<Q, R> kind, Q request, StreamObserver<R> caller) {
    CommandRequest command = mapped(kind, request, caller);
    if (command != null) {
      route(kind, request, command, caller);
    }
  }

  /** The command; null when the request is malformed, which the caller was then told. */
  <Q, R> @Nullable CommandRequest mapped(Kind<Q, R> kind, Q request, StreamObserver<R> caller) {
    FieldRules rules = new FieldRules();
    RequestMapper mapper =
        new RequestMapper(Callers.current(), rules, limits, partitions::logMillis);
    CommandRequest command = kind.map().apply(mapper, request);
    if (rules.isValid()) {
      return command;
    }
    caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    return null;
  }

  <Q, R> void route(Kind<Q, R> kind, Q request, CommandRequest command, StreamObserver<R> caller) {
    PartitionReplica replica = partitions.of(storeOf(command));
    int partition = replica.partition();
    if (replica.isLeading()) {
      replica.submit(List.of(new QueuedCommand(command, reply(kind, partition, caller), 0)));
    } else {
      String requestId = command.origin().requestId();
      forwarding.toLeader(partition, kind.method(), request, requestId, caller);
    }
  }

  <R> Reply reply(Kind<?, R> kind, int partition, StreamObserver<R> caller) {
    return new SingleReply<>(partition, caller, kind.respond(), locks);
  }

  static String storeOf(CommandRequest request) {
    return ((Command.Mutation) request.command()).store();
  }
}
