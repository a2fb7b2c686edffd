package dev.holdfast.cli.drill.history;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import java.util.Map;
import java.util.TreeMap;

/** One line of a history file: an object of texts, objects and messages. */
final class JsonLine {
  /** The types that google.rpc.Status wraps. */
  private static final JsonFormat.TypeRegistry TYPES =
      JsonFormat.TypeRegistry.newBuilder()
          .add(ErrorInfo.getDescriptor())
          .add(RetryInfo.getDescriptor())
          .add(BadRequest.getDescriptor())
          .build();

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().usingTypeRegistry(TYPES);
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().usingTypeRegistry(TYPES);

  private final Struct.Builder fields;

  JsonLine() {
    this(Struct.newBuilder());
  }

  private JsonLine(Struct.Builder fields) {
    this.fields = fields;
  }

  static JsonLine parse(String line) throws InvalidProtocolBufferException {
    Struct.Builder fields = Struct.newBuilder();
    PARSER.merge(line, fields);
    return new JsonLine(fields);
  }

  /** Numbers are texts, as protobuf has it: many readers take them for doubles. */
  JsonLine with(String name, Object value) {
    fields.putFields(name, text(value.toString()));
    return this;
  }

  JsonLine with(String name, Map<String, String> texts) {
    Struct.Builder object = Struct.newBuilder();
    texts.forEach((key, value) -> object.putFields(key, text(value)));
    fields.putFields(name, Value.newBuilder().setStructValue(object).build());
    return this;
  }

  JsonLine with(String name, Message message) throws InvalidProtocolBufferException {
    Struct.Builder object = Struct.newBuilder();
    PARSER.merge(PRINTER.print(message), object);
    fields.putFields(name, Value.newBuilder().setStructValue(object).build());
    return this;
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  boolean has(String name) {
    return fields.containsFields(name);
  }

  String text(String name, String absent) {
    return has(name) ? fields.getFieldsOrThrow(name).getStringValue() : absent;
  }

  String need(String name) throws InvalidProtocolBufferException {
    if (!has(name)) {
      throw new InvalidProtocolBufferException("no " + name + " in " + this);
    }
    return text(name, "");
  }

  long number(String name) throws InvalidProtocolBufferException {
    return Long.parseLong(need(name));
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new TreeMap<>();
    fields
        .getFieldsOrThrow(name)
        .getStructValue()
        .getFieldsMap()
        .forEach((key, value) -> texts.put(key, value.getStringValue()));
    return texts;
  }

  <M extends Message> Message message(String name, M type) throws InvalidProtocolBufferException {
    Message.Builder builder = type.newBuilderForType();
    PARSER.merge(PRINTER.print(fields.getFieldsOrThrow(name).getStructValue()), builder);
    return builder.build();
  }

  @Override
  public String toString() {
    try {
      return PRINTER.print(fields);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an object of texts and objects", e);
    }
  }
}
