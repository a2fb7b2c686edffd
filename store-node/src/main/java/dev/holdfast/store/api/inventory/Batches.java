package dev.holdfast.store.api.inventory;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.store.api.call.Callers;
import dev.holdfast.store.api.call.Forwarding;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Splits a batch by partition, keeps each part's order, and puts the outcomes together. */
public final class Batches {
  private final Partitions partitions;
  private final Forwarding forwarding;
  private final RefusalAnswers refusals;
  private final HoldLimits limits;

  public Batches(
      Partitions partitions, Forwarding forwarding, RefusalAnswers refusals, HoldLimits limits) {
    this.refusals = refusals;
    this.partitions = partitions;
    this.forwarding = forwarding;
    this.limits = limits;
  }

  void submit(SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> caller) {
    Origin origin = Callers.current();
    FieldRules rules = new FieldRules();
    List<CommandRequest> commands = map(request, origin, rules);
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    BatchReply reply = new BatchReply(commands.size(), caller, refusals);
    List<List<QueuedCommand>> parts = split(commands, reply);
    for (PartitionReplica replica : partitions.all()) {
      List<QueuedCommand> part = parts.get(replica.partition());
      if (part.isEmpty()) {
        continue;
      }
      if (replica.isLeading()) {
        replica.submit(part);
      } else {
        forward(replica.partition(), request, part, reply);
      }
    }
  }

  private List<CommandRequest> map(SubmitBatchRequest request, Origin origin, FieldRules rules) {
    List<CommandRequest> commands = new ArrayList<>(request.getCommandsCount());
    rules.batchSize("commands", request.getCommandsCount());
    if (!rules.isValid()) {
      return commands;
    }
    RequestMapper mapper = new RequestMapper(origin, rules, limits, partitions::logMillis);
    for (int i = 0; i < request.getCommandsCount(); i++) {
      rules.enter("commands", i);
      CommandRequest command = mapper.map(request.getCommands(i));
      rules.leave();
      if (command != null) {
        commands.add(command);
      }
    }
    return commands;
  }

  private List<List<QueuedCommand>> split(List<CommandRequest> commands, BatchReply reply) {
    List<List<QueuedCommand>> parts = new ArrayList<>();
    List<Reply> replies = new ArrayList<>();
    for (int partition = 0; partition < partitions.count(); partition++) {
      parts.add(new ArrayList<>());
      replies.add(reply.ofPartition(partition));
    }
    for (int i = 0; i < commands.size(); i++) {
      int partition = partitions.map().partitionOf(Mutations.storeOf(commands.get(i)));
      parts.get(partition).add(new QueuedCommand(commands.get(i), replies.get(partition), i));
    }
    return parts;
  }

  private void forward(
      int partition, SubmitBatchRequest request, List<QueuedCommand> part, BatchReply reply) {
    SubmitBatchRequest.Builder sub = SubmitBatchRequest.newBuilder();
    part.forEach(command -> sub.addCommands(request.getCommands(command.index())));
    forwarding.toLeader(
        partition,
        InventoryServiceGrpc.getSubmitBatchMethod(),
        sub.build(),
        part.get(0).request().origin().requestId(),
        new Part(part, reply));
  }

  /**
   * The answer to a forwarded part: its outcomes, or one error for all of them. An error that comes
   * behind the outcomes says nothing any more.
   */
  static final class Part implements StreamObserver<SubmitBatchResponse> {
    private final List<QueuedCommand> commands;
    private final BatchReply reply;
    private boolean answered;

    Part(List<QueuedCommand> commands, BatchReply reply) {
      this.commands = commands;
      this.reply = reply;
    }

    @Override
    public void onNext(SubmitBatchResponse response) {
      answered = true;
      for (int i = 0; i < commands.size(); i++) {
        reply.set(commands.get(i).index(), response.getOutcomes(i));
      }
    }

    @Override
    public void onError(Throwable error) {
      if (answered) {
        return;
      }
      com.google.rpc.Status status = StatusProto.fromThrowable(error);
      if (status == null) {
        throw new IllegalStateException("an error without a status", error);
      }
      CommandOutcome outcome = CommandOutcome.newBuilder().setError(status).build();
      commands.forEach(command -> reply.set(command.index(), outcome));
    }

    @Override
    public void onCompleted() {
      // The outcomes came with the response.
    }
  }
}
