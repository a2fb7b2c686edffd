package dev.holdfast.aggregator.attempts;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests of any method that name a store wherever they can. */
final class ForeignRequests {
  private static final int DEPTH_MAX = 5;
  private static final long PATIENCE_SECONDS = 10;
  private static final Set<String> STORES = Set.of("store", "stores", "destination");

  private ForeignRequests() {}

  /** A request that names a store in every field for one, and is filled otherwise. */
  static Message naming(String store, MethodDescriptor<?, ?> method) {
    return filled(store, prototype(method).newBuilderForType(), 0).build();
  }

  /** A request that asks for an item which only another store has, where it can ask for one. */
  static Message asking(MethodDescriptor<?, ?> method) {
    Message.Builder builder = prototype(method).newBuilderForType();
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      String text =
          field.getJavaType() == FieldDescriptor.JavaType.STRING ? text("", field.getName()) : null;
      if (text != null && field.isRepeated()) {
        builder.addRepeatedField(field, text);
      } else if (text != null) {
        builder.setField(field, text);
      }
    }
    return builder.build();
  }

  private static Message prototype(MethodDescriptor<?, ?> method) {
    return (Message) ((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
  }

  private static Message.Builder filled(String store, Message.Builder builder, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      var oneof = field.getRealContainingOneof();
      Object value =
          oneof != null && builder.hasOneof(oneof) ? null : value(store, builder, field, depth);
      if (value != null && field.isRepeated()) {
        builder.addRepeatedField(field, value);
      } else if (value != null) {
        builder.setField(field, value);
      }
    }
    return builder;
  }

  private static @Nullable Object value(
      String store, Message.Builder builder, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> text(store, field.getName());
      case INT -> 1;
      case LONG -> 1L;
      case ENUM -> field.getEnumType().getValues().get(1);
      case MESSAGE ->
          field.isMapField() || depth == DEPTH_MAX
              ? null
              : filled(store, builder.newBuilderForField(field), depth + 1).build();
      case FLOAT, DOUBLE, BOOLEAN, BYTE_STRING -> null;
    };
  }

  private static @Nullable String text(String store, String field) {
    if (STORES.contains(field)) {
      return store;
    }
    return field.equals("page_token") ? null : "cup";
  }

  /** Calls, and returns the first answer. */
  static Message first(
      Channel channel, MethodDescriptor<Message, Message> method, Message request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (method.getType() == MethodDescriptor.MethodType.UNARY) {
      return ClientCalls.blockingUnaryCall(channel, method, options, request);
    }
    Iterator<Message> answers =
        ClientCalls.blockingServerStreamingCall(channel, method, options, request);
    return answers.next();
  }
}
