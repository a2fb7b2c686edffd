package dev.holdfast.store.api;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Takes single commands to the partition that decides them, here or at its leader. */
final class Mutations {
  private final Partitions partitions;
  private final Forwarding forwarding;

  Mutations(Partitions partitions, Forwarding forwarding) {
    this.partitions = partitions;
    this.forwarding = forwarding;
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
    Origin origin = Callers.current();
    FieldRules rules = new FieldRules();
    CommandRequest command = kind.map().apply(new RequestMapper(origin, rules), request);
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    PartitionReplica replica = partitions.of(storeOf(command));
    int partition = replica.partition();
    if (replica.isLeading()) {
      SingleReply<R> reply = new SingleReply<>(partition, caller, kind.respond());
      replica.submit(List.of(new QueuedCommand(command, reply, 0)));
    } else {
      forwarding.toLeader(partition, kind.method(), request, origin.requestId(), caller);
    }
  }

  static String storeOf(CommandRequest request) {
    return ((Command.Mutation) request.command()).store();
  }
}
