package dev.holdfast.common.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses encoded messages of a type that hold what this build does not know: a field at any depth,
 * or a number of an enum. Protobuf passes over both in silence, and replicas of different builds
 * would then differ.
 *
 * <p>Goes over the bytes once more, against tables that are made from the descriptors: a new
 * message is covered by itself, and no object is made for it.
 */
public final class KnownFields {
  private static final Map<Descriptor, KnownFields> ALL = new ConcurrentHashMap<>();
  private static final int TAG_TYPE_BITS = 3;
  private static final int TAG_TYPE_MASK = (1 << TAG_TYPE_BITS) - 1;

  private final Descriptor type;

  /** By field number; null where there is none. */
  private final @Nullable Field[] fields;

  private KnownFields(Descriptor type) {
    this.type = type;
    int highest = type.getFields().stream().mapToInt(FieldDescriptor::getNumber).max().orElse(0);
    this.fields = new Field[highest + 1];
  }

  /** What a field may hold. */
  private static final class Field {
    private final FieldDescriptor descriptor;
    private final int wireType;
    private final @Nullable KnownFields message;

    Field(FieldDescriptor descriptor, @Nullable KnownFields message) {
      this.descriptor = descriptor;
      this.wireType = descriptor.getLiteType().getWireType();
      this.message = message;
    }

    boolean isPacked(int foundType) {
      return foundType == WireFormat.WIRETYPE_LENGTH_DELIMITED && descriptor.isPackable();
    }

    @Nullable EnumDescriptor numbers() {
      return descriptor.getJavaType() == FieldDescriptor.JavaType.ENUM
          ? descriptor.getEnumType()
          : null;
    }
  }

  /** The known fields of a type of message, and of all that it is made of. */
  public static KnownFields of(Descriptor type) {
    KnownFields known = ALL.get(type);
    if (known == null) {
      Map<Descriptor, KnownFields> made = new HashMap<>();
      known = make(type, made);
      ALL.putAll(made);
    }
    return known;
  }

  /** An order is made of events, and is one: a type is in the map before its fields are made. */
  private static KnownFields make(Descriptor type, Map<Descriptor, KnownFields> made) {
    KnownFields present = made.get(type);
    if (present != null) {
      return present;
    }
    KnownFields known = new KnownFields(type);
    made.put(type, known);
    for (FieldDescriptor field : type.getFields()) {
      boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      KnownFields message = nested ? make(field.getMessageType(), made) : null;
      known.fields[field.getNumber()] = new Field(field, message);
    }
    return known;
  }

  /**
   * Goes over a message that protobuf could parse.
   *
   * @throws NeedsNewerBuildException when it holds what this build does not know
   */
  public void check(byte[] encoded) throws NeedsNewerBuildException {
    new Walk(encoded).message(this, encoded.length);
  }

  /**
   * Goes over a message that came in a call.
   *
   * @throws NeedsNewerBuildException when it holds what this build does not know
   */
  public void check(Message message) throws NeedsNewerBuildException {
    check(message.toByteArray());
  }

  private Field field(int number, int wireType) throws NeedsNewerBuildException {
    Field field = number < fields.length ? fields[number] : null;
    if (field == null || (wireType != field.wireType && !field.isPacked(wireType))) {
      throw new NeedsNewerBuildException("field " + number + " of " + type.getFullName());
    }
    return field;
  }

  /** A place in the bytes. */
  private static final class Walk {
    private final byte[] bytes;
    private int at;

    Walk(byte[] bytes) {
      this.bytes = bytes;
    }

    void message(KnownFields known, int end) throws NeedsNewerBuildException {
      while (at < end) {
        int tag = (int) varint();
        int wireType = tag & TAG_TYPE_MASK;
        Field field = known.field(tag >>> TAG_TYPE_BITS, wireType);
        switch (wireType) {
          case WireFormat.WIRETYPE_VARINT -> number(field, varint());
          case WireFormat.WIRETYPE_FIXED64 -> at += Long.BYTES;
          case WireFormat.WIRETYPE_FIXED32 -> at += Integer.BYTES;
          default -> delimited(field);
        }
      }
    }

    private void delimited(Field field) throws NeedsNewerBuildException {
      int length = (int) varint();
      int end = at + length;
      if (field.message != null) {
        message(field.message, end);
      } else if (field.numbers() != null) {
        while (at < end) {
          number(field, varint());
        }
      }
      at = end;
    }

    private static void number(Field field, long value) throws NeedsNewerBuildException {
      EnumDescriptor numbers = field.numbers();
      if (numbers != null) {
        EnumValueDescriptor known = numbers.findValueByNumber((int) value);
        if (known == null) {
          String where = field.descriptor.getFullName();
          throw new NeedsNewerBuildException("the number " + (int) value + " in " + where);
        }
      }
    }

    private long varint() {
      byte first = bytes[at++];
      if (first >= 0) {
        return first;
      }
      long value = first & 0x7f;
      for (int shift = 7; ; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
