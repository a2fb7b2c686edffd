package dev.holdfast.common.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;

/** Messages as a newer build might write them: each has one thing that this build does not know. */
final class NewerMessages {
  static final int NEW_FIELD = 15_000;
  static final int NEW_NUMBER = 9_999;

  private NewerMessages() {}

  /**
   * A message with something new in it.
   *
   * @param what as the refusal names it
   */
  record Newer(Message message, String what) {}

  /** A message, once for each place at which it can have something new. */
  static List<Newer> of(Message message) {
    List<Newer> all = new ArrayList<>();
    all.add(
        new Newer(
            withNewField(message),
            "field " + NEW_FIELD + " of " + message.getDescriptorForType().getFullName()));
    message.getAllFields().forEach((field, value) -> addInside(message, field, value, all));
    return all;
  }

  private static Message withNewField(Message message) {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    return message.toBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(NEW_FIELD, field).build())
        .build();
  }

  private static void addInside(
      Message message, FieldDescriptor field, Object value, List<Newer> all) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    for (int i = 0; i < values.size(); i++) {
      for (Newer inner : inside(field, values.get(i))) {
        all.add(new Newer(with(message, field, i, inner.message()), inner.what()));
      }
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.ENUM && !field.isRepeated()) {
      var number = field.getEnumType().findValueByNumberCreatingIfUnknown(NEW_NUMBER);
      Message newer = message.toBuilder().setField(field, number).build();
      all.add(new Newer(newer, "the number " + NEW_NUMBER + " in " + field.getFullName()));
    }
  }

  private static List<Newer> inside(FieldDescriptor field, Object value) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? of((Message) value)
        : List.of();
  }

  private static Message with(Message message, FieldDescriptor field, int index, Message value) {
    Message.Builder builder = message.toBuilder();
    return field.isRepeated()
        ? builder.setRepeatedField(field, index, value).build()
        : builder.setField(field, value).build();
  }

  /**
   * Messages of a type, so many that every field is set in one; without end where it holds itself.
   */
  static List<Message> filled(Descriptor type, int depth) {
    List<Message> all = new ArrayList<>();
    DynamicMessage.Builder plain = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.getContainingOneof() == null) {
        values(field, depth).forEach(value -> put(plain, field, value));
      } else {
        for (Object value : values(field, depth)) {
          DynamicMessage.Builder one = DynamicMessage.newBuilder(type);
          put(one, field, value);
          all.add(one.build());
        }
      }
    }
    all.add(plain.build());
    return all;
  }

  private static void put(DynamicMessage.Builder message, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      message.addRepeatedField(field, value);
    } else {
      message.setField(field, value);
    }
  }

  private static List<?> values(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case MESSAGE -> depth == 0 ? List.of() : filled(field.getMessageType(), depth - 1);
      case ENUM -> List.of(field.getEnumType().getValues().get(1));
      case STRING -> List.of("text of some length");
      case BYTE_STRING -> List.of(com.google.protobuf.ByteString.copyFrom(new byte[32]));
      case INT -> List.of(1 << 20);
      case LONG -> List.of(-1L);
      case BOOLEAN -> List.of(true);
      case FLOAT, DOUBLE -> throw new IllegalStateException("no such field so far");
    };
  }
}
