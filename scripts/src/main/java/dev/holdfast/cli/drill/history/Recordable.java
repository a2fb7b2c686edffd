package dev.holdfast.cli.drill.history;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.List;

/** Checks that a request leaves nothing to chance that a checker would have to know. */
public final class Recordable {
  private Recordable() {}

  /**
   * Checks a request.
   *
   * @throws IllegalArgumentException when it cannot be checked afterwards
   */
  public static void check(Message request) {
    Kind kind = Kind.of(request);
    if (request instanceof SubmitBatchRequest batch) {
      batch.getCommandsList().forEach(command -> check(operation(command)));
      return;
    }
    if (!kind.isRead() && Fields.key(request).isEmpty()) {
      throw unfit(request, "needs an idempotency key");
    }
    checkIds(request);
    if (request instanceof SubmitOrderRequest order) {
      order.getOperationsList().forEach(each -> checkIds(operation(each)));
    }
  }

  private static void checkIds(Message request) {
    boolean unnamed =
        (request instanceof ReserveRequest reserve && reserve.getReservationId().isEmpty())
            || (request instanceof ShipTransferRequest ship && ship.getTransferId().isEmpty());
    if (unnamed) {
      throw unfit(request, "needs an id of the caller's own");
    }
    if (request instanceof CountStockRequest count
        && count.hasCountedAtMillis()
        && !count.hasExpectedVersion()) {
      throw unfit(request, "is of the past: only counts of now or of a version can be checked");
    }
  }

  private static IllegalArgumentException unfit(Message request, String why) {
    return new IllegalArgumentException(Kind.of(request) + " " + why);
  }

  /** The request in a command of a batch. */
  public static Message operation(Command command) {
    return set(command);
  }

  /** The request in an operation of an order. */
  public static Message operation(OrderOperation operation) {
    return set(operation);
  }

  private static Message set(Message oneof) {
    List<FieldDescriptor> fields = List.copyOf(oneof.getAllFields().keySet());
    if (fields.size() != 1) {
      throw new IllegalArgumentException("an empty operation");
    }
    return (Message) oneof.getField(fields.get(0));
  }
}
