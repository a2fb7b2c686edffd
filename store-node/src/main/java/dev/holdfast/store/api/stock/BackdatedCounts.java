package dev.holdfast.store.api.stock;

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
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.log.StockAsOf;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of a moment in the past. The leader's node looks up in its log how much was on hand then,
 * and the command carries that book level. A change between the look and the decision shows in the
 * item's version; then the log is looked at anew.
 */
public final class BackdatedCounts {
  /** Most log events scanned for one count. */
  static final long EVENTS_MAX = 1_000_000;

  static final Duration AGE_MAX = Duration.ofHours(24);

  private static final int TRIES_MAX = 5;
  private static final Logger LOG = LoggerFactory.getLogger(BackdatedCounts.class);

  private final Mutations mutations;
  private final Executor longReads;

  public BackdatedCounts(Mutations mutations, Executor longReads) {
    this.mutations = mutations;
    this.longReads = longReads;
  }

  public void submit(CountStockRequest request, StreamObserver<CountStockResponse> caller) {
    mutations.submit(
        StockKinds.COUNT,
        request,
        caller,
        (leader, command, reply) -> {
          if (needsTheLog((CountStock) command.command())) {
            Attempt first = new Attempt(leader, command, reply, 1);
            ReadOptions fresh = ReadOptions.getDefaultInstance();
            FreshReads.of(leader, fresh, caller, staleness -> first.start());
          } else {
            Mutations.decide(leader, command, reply);
          }
        });
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
      StockAsOf.Answer answer =
          new StockAsOf(replica.state()).find(count.item(), count.countedMillis(), EVENTS_MAX);
      if (answer.isKnown()) {
        decide(request.with(count.with(answer.book())));
      } else {
        tooOld(answer.unknown());
      }
    }

    /** A count that was decided is answered again, however long ago it was. */
    private boolean isAnswered() {
      return request.hasKey() && replica.state().receipt(request.receiptKey()) != null;
    }

    private void tooOld(String why) {
      reply.failed(
          0,
          Reason.COUNT_TOO_OLD,
          why + ": count again, or give expected_version, the item's version when it was counted");
    }

    private void decide(CommandRequest prepared) {
      Mutations.decide(replica, prepared, this);
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
