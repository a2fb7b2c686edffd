package dev.holdfast.cli.drill.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/** Answers without the fields that a checker does not trust. */
final class Trusted {
  private Trusted() {}

  /** The same message without some fields, at any depth. */
  static Message only(Message message, List<String> without) {
    Message.Builder builder = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
      FieldDescriptor field = each.getKey();
      if (without.contains(field.getName())) {
        builder.clearField(field);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        strip(builder, field, each.getValue(), without);
      }
    }
    return builder.build();
  }

  private static void strip(
      Message.Builder builder, FieldDescriptor field, Object value, List<String> without) {
    if (!field.isRepeated()) {
      builder.setField(field, only((Message) value, without));
      return;
    }
    List<?> values = (List<?>) value;
    for (int i = 0; i < values.size(); i++) {
      builder.setRepeatedField(field, i, only((Message) values.get(i), without));
    }
  }
}
