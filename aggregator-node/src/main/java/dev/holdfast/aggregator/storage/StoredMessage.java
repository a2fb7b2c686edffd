package dev.holdfast.aggregator.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.util.function.Function;

/** Reads a message as it is stored. One that cannot be read is a fault of the disk, or a bug. */
final class StoredMessage {
  private StoredMessage() {}

  /**
   * Reads a record.
   *
   * @param kind of record, for the fault
   */
  static <M, T> T read(byte[] bytes, Parser<M> parser, String kind, Function<M, T> reading) {
    try {
      return reading.apply(parser.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StorageException("corrupt " + kind + " record", e);
    }
  }
}
