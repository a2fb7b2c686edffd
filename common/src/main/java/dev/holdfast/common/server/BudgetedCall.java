package dev.holdfast.common.server;

import com.google.protobuf.MessageLite;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A call whose answers count against the budget from the moment they are handed to the transport
 * until it has sent them, or the call is over. Small ones do not count. An answer without room is
 * refused; the outcome of a change is then unknown to its caller, not undone.
 */
final class BudgetedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private static final int SMALL_BYTES = 4 << 10;

  private final AnswerBudget budget;
  private final AnswerBudget.Share connection;
  private final AtomicLong taken = new AtomicLong();
  private volatile boolean over;
  private volatile boolean refused;

  BudgetedCall(ServerCall<Q, R> call, AnswerBudget budget, AnswerBudget.Share connection) {
    super(call);
    this.budget = budget;
    this.connection = connection;
  }

  @Override
  public void sendMessage(R message) {
    int bytes = ((MessageLite) message).getSerializedSize();
    if (refused) {
      return;
    }
    if (bytes <= SMALL_BYTES) {
      super.sendMessage(message);
    } else if (budget.tryTake(connection, bytes)) {
      taken.addAndGet(bytes);
      super.sendMessage(message);
      if (over) {
        giveBack(); // the call ended in between and found nothing to give back
      }
    } else {
      refuse();
    }
  }

  private void refuse() {
    refused = true;
    StatusRuntimeException noRoom =
        Statuses.exception(
            MethodKinds.isRead(getMethodDescriptor())
                ? Statuses.of(Reason.OVERLOADED, "too many answers of this node wait to be read")
                : Statuses.of(
                    Reason.OUTCOME_UNKNOWN,
                    "it was decided, but too many answers of this node wait to be read;"
                        + " ask again with the same idempotency key"));
    super.close(
        noRoom.getStatus(), Objects.requireNonNullElseGet(noRoom.getTrailers(), Metadata::new));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (!refused) {
      super.close(status, trailers);
    }
  }

  /** Reports a refused call as cancelled, so that the source of a stream stops. */
  @Override
  public boolean isCancelled() {
    return refused || super.isCancelled();
  }

  ServerCall.Listener<Q> listener(ServerCall.Listener<Q> handler) {
    return new SimpleForwardingServerCallListener<>(handler) {
      @Override
      public void onReady() { // next to nothing waits to be sent
        giveBack();
        super.onReady();
      }

      @Override
      public void onComplete() {
        end();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        end();
        super.onCancel();
      }
    };
  }

  private void end() {
    if (!over && MethodKinds.isPage(getMethodDescriptor())) {
      connection.leavePage();
    }
    over = true;
    giveBack();
  }

  private void giveBack() {
    long bytes = taken.getAndSet(0);
    if (bytes > 0) {
      budget.giveBack(connection, bytes);
    }
  }
}
