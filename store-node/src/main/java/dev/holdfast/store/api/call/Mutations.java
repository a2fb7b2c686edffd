package dev.holdfast.store.api.call;

import com.google.protobuf.Message;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Takes single commands to the partition that decides them, here or at its leader. */
public final class Mutations {
  private final Partitions partitions;
  private final Forwarding forwarding;
  private final RefusalAnswers refusals;
  private final HoldLimits limits;

  public Mutations(
      Partitions partitions, Forwarding forwarding, RefusalAnswers refusals, HoldLimits limits) {
    this.partitions = partitions;
    this.forwarding = forwarding;
    this.refusals = refusals;
    this.limits = limits;
  }

  /** The last step before a command is decided, at the leader of its partition. */
  public interface LastStep {
    void run(PartitionReplica leader, CommandRequest command, Reply reply);
  }

  public <Q extends Message, R> void submit(
      MutationKind<Q, ?, R> kind, Q request, StreamObserver<R> caller) {
    submit(kind, request, caller, Mutations::decide);
  }

  /** The same for commands that need a look at the state, or at the answer, of their own. */
  public <Q extends Message, R> void submit(
      MutationKind<Q, ?, R> kind, Q request, StreamObserver<R> caller, LastStep lastStep) {
    FieldRules rules = new FieldRules();
    Origin origin = Callers.current();
    MappingContext context =
        new MappingContext(origin, rules, limits, partitions::logMillis, false);
    CommandRequest command = kind.command(context, request);
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    PartitionReplica replica = partitions.of(storeOf(command));
    int partition = replica.partition();
    if (replica.isLeading()) {
      Reply reply = new SingleReply<>(partition, caller, kind::response, refusals);
      lastStep.run(replica, command, reply);
    } else {
      forwarding.toLeader(partition, kind.method(), request, origin.requestId(), caller);
    }
  }

  public static void decide(PartitionReplica leader, CommandRequest command, Reply reply) {
    leader.submit(List.of(new QueuedCommand(command, reply, 0)));
  }

  public static String storeOf(CommandRequest request) {
    return ((Command.Mutation) request.command()).store();
  }
}
