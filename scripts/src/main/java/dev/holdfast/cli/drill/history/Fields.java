package dev.holdfast.cli.drill.history;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields that many messages of the contract share, found by name. */
public final class Fields {
  private Fields() {}

  /** The store that a request or an event is about; empty when there is none. */
  public static String store(Message message) {
    return text(message, "store");
  }

  /** Empty when there is none. */
  public static String key(Message request) {
    return text(request, "idempotency_key");
  }

  /** A text; empty when there is no such field. */
  public static String text(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : (String) message.getField(field);
  }

  /** A message in a field; null when it is not set, or there is no such field. */
  public static @Nullable Message message(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null || !message.hasField(field) ? null : (Message) message.getField(field);
  }

  /** Whether a request has fencing tokens. */
  public static boolean hasTokens(Message request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("fencing_tokens");
    return field != null && request.getRepeatedFieldCount(field) > 0;
  }

  /** The same message without some fields, where it has them. */
  public static Message without(Message message, List<String> names) {
    Message.Builder builder = message.toBuilder();
    for (String name : names) {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
      if (field != null) {
        builder.clearField(field);
      }
    }
    return builder.build();
  }
}
