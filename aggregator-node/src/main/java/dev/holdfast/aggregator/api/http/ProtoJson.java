package dev.holdfast.aggregator.api.http;

import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as the objects that people expect in JSON. Names are those of the contract, every field
 * is there, numbers are numbers; fixed-width ones, which are hashes, and bytes are hexadecimal. The
 * mapping of the protobuf library writes 64-bit numbers as text and leaves out zeros.
 */
final class ProtoJson {
  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

  private ProtoJson() {}

  static Map<String, @Nullable Object> object(Message message) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      object.put(field.getName(), value(message, field));
    }
    return object;
  }

  static List<Map<String, @Nullable Object>> list(List<? extends Message> messages) {
    return messages.stream().map(ProtoJson::object).toList();
  }

  private static @Nullable Object value(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return ((List<?>) message.getField(field))
          .stream().map(element -> value(field, element)).toList();
    }
    if (field.hasPresence() && !message.hasField(field)) {
      return null;
    }
    return value(field, message.getField(field));
  }

  private static Object value(FieldDescriptor field, Object value) {
    if (value instanceof Message message) {
      return object(message);
    }
    if (value instanceof EnumValueDescriptor constant) {
      return constant.getName();
    }
    if (value instanceof ByteString bytes) {
      return HEX.encode(bytes.toByteArray());
    }
    return field.getType() == FieldDescriptor.Type.FIXED64
        ? "%016x".formatted((Long) value)
        : value;
  }
}
