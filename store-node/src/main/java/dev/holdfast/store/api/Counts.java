package dev.holdfast.store.api;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.StateFault;
import dev.holdfast.store.state.StockThen;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of a moment that is over. The leader's node goes back in its log to see what was on hand
 * then, and the command carries that; what happens between the look and the decision is noticed by
 * the version, and looked at anew.
 */
final class Counts {
  /** Events that are gone over for a count. */
  static final long EVENTS_MAX = 1_000_000;

  static final Duration AGE_MAX = Duration.ofHours(24);

  private static final int TRIES_MAX = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Counts.class);

  private final Partitions partitions;
  private final Mutations mutations;
  private final Executor longReads;

  Counts(Partitions partitions, Mutations mutations, Executor longReads) {
    this.partitions = partitions;
    this.mutations = mutations;
    this.longReads = longReads;
  }

  void submit(
      Mutations.Kind<CountStockRequest, CountStockResponse> kind,
      CountStockRequest request,
      StreamObserver<CountStockResponse> caller) {
    CommandRequest command = mutations.mapped(kind, request, caller);
    if (command == null) {
      return;
    }
    CountStock count = (CountStock) command.command();
    PartitionReplica replica = partitions.of(count.store());
    if (!replica.isLeading() || !needsTheLog(count)) {
      mutations.route(kind, request, command, caller);
      return;
    }
    Reply reply = mutations.reply(kind, replica.partition(), caller);
    FreshReads.of(
        replica,
        ReadOptions.getDefaultInstance(),
        caller,
        staleness -> new Attempt(replica, command, reply, 1).start());
  }

  private static boolean needsTheLog(CountStock count) {
    return count.countedMillis() != CountStock.NOW
        && count.expectedVersion() == Command.ANY_VERSION;
  }

  /** One look at the log and the decision on it. */
  private final class Attempt implements Reply {
    private final PartitionReplica replica;
    private final CommandRequest request;
    private final Reply reply;
    private final int number;

    Attempt(PartitionReplica replica, CommandRequest request, Reply reply, int number) {
      this.replica = replica;
      this.request = request;
      this.reply = reply;
      this.number = number;
    }

    void start() {
      try {
        longReads.execute(this::run);
      } catch (RejectedExecutionException full) {
        reply.failed(0, Reason.OVERLOADED, "not tried: too many long reads at once");
      }
    }

    private void run() {
      try {
        look();
      } catch (StateFault e) {
        LOG.error("looking for a count in the log failed", e);
        reply.failed(0, Reason.NO_LEADER, "not tried: this node cannot read its log");
      }
    }

    private void look() {
      CountStock count = (CountStock) request.command();
      if (isAnswered()) {
        decide(request);
      } else if (count.countedMillis() < replica.clock().millis() - AGE_MAX.toMillis()) {
        tooOld("it was counted more than 24 h ago");
      } else {
        look(count);
      }
    }

    private void look(CountStock count) {
      StockThen.Answer answer =
          new StockThen(replica.store()).find(count.item(), count.countedMillis(), EVENTS_MAX);
      if (answer.isKnown()) {
        decide(request.with(count.with(answer.book())));
      } else {
        tooOld(answer.unknown());
      }
    }

    /** A count that was decided is answered again, however long ago it was. */
    private boolean isAnswered() {
      return request.hasKey() && replica.store().receipt(request.receiptKey()) != null;
    }

    private void tooOld(String why) {
      reply.failed(
          0,
          Reason.COUNT_TOO_OLD,
          why + ": count again, or give expected_version, the item's version when it was counted");
    }

    private void decide(CommandRequest prepared) {
      replica.submit(List.of(new QueuedCommand(prepared, this, 0)));
    }

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      boolean overtaken =
          event.event() instanceof Event.CommandRejected rejected
              && rejected.rejection().code() == RejectionCode.COUNT_OVERTAKEN;
      if (overtaken && number < TRIES_MAX) {
        new Attempt(replica, request, reply, number + 1).start();
      } else {
        reply.decided(index, sequence, event);
      }
    }

    @Override
    public void decidedBefore(int index, long sequence, Earlier earlier) {
      reply.decidedBefore(index, sequence, earlier);
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      reply.failed(index, reason, message);
    }
  }
}
