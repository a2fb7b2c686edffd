package dev.holdfast.store.api.transfer;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferEvent.TransferHandedOver;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.transfers.Handovers;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;

/** Holds answers to received transfers back until the destination has the units, for a while. */
final class Arrivals {
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

  private final Handovers handovers;

  Arrivals(Handovers handovers) {
    this.handovers = handovers;
  }

  /** The same reply, given after the arrival. Called on the thread of the call. */
  Reply after(int sourcePartition, Reply reply) {
    return new Delayed(handovers, sourcePartition, waitNanos(), reply);
  }

  /** Leaves time for the answer to travel. */
  private static long waitNanos() {
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? WAIT_NANOS_MAX
        : Math.min(WAIT_NANOS_MAX, deadline.timeRemaining(TimeUnit.NANOSECONDS) / 4 * 3);
  }

  private record Delayed(Handovers handovers, int sourcePartition, long waitNanos, Reply reply)
      implements Reply {
    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      afterArrival(event, () -> reply.decided(index, sequence, event));
    }

    @Override
    public void decidedBefore(int index, long sequence, Earlier earlier) {
      afterArrival(earlier.event(), () -> reply.decidedBefore(index, sequence, earlier));
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      reply.failed(index, reason, message);
    }

    private void afterArrival(RecordedEvent event, Runnable answer) {
      if (event.event() instanceof TransferHandedOver received && received.handover() != null) {
        handovers.await(
            sourcePartition,
            received.after().destinationPartition(),
            received.handover().channel().last(),
            waitNanos,
            answer);
      } else {
        answer.run();
      }
    }
  }
}
