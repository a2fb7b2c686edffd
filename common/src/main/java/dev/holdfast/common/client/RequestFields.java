package dev.holdfast.common.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.Command;

/** Access by name to fields that many kinds of requests share. */
final class RequestFields {
  private static final String KEY = "idempotency_key";
  private static final OneofDescriptor OPERATION = Command.getDescriptor().getOneofs().get(0);

  private RequestFields() {}

  /** The idempotency key of a request; empty for batches and reads, which have none. */
  static String key(Message request) {
    return text(request, KEY);
  }

  /** The store of a request; empty when it names none. */
  static String store(Message request) {
    return text(request, "store");
  }

  private static String text(Message request, String name) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : (String) request.getField(field);
  }

  /** The request with a key of its own, so that it can be retried. */
  static <Q extends Message> Q keyed(Q request, IdempotencyKeys keys) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(KEY);
    if (field == null || request.hasField(field)) {
      return request;
    }
    @SuppressWarnings("unchecked") // built from a message of this type
    Q keyed = (Q) request.toBuilder().setField(field, keys.next()).build();
    return keyed;
  }

  /**
   * Gives a command a key of its own; leaves a command without an operation to the server to
   * refuse.
   */
  static Command keyed(Command command, IdempotencyKeys keys) {
    Message given = operation(command);
    Message keyed = keyed(given, keys);
    FieldDescriptor operation = command.getOneofFieldDescriptor(OPERATION);
    return keyed == given || operation == null
        ? command
        : command.toBuilder().setField(operation, keyed).build();
  }

  /** The request in a command; the command itself when there is none. */
  static Message operation(Command command) {
    FieldDescriptor operation = command.getOneofFieldDescriptor(OPERATION);
    return operation == null ? command : (Message) command.getField(operation);
  }
}
