package dev.holdfast.store.state.db;

import java.util.function.Function;

/**
 * The form in which keys or values of one kind lie on the disk. Formats are forever.
 *
 * @param form as the table of the disk in docs/ARCHITECTURE.md names it
 */
public record Codec<T>(String form, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
  /** Bytes that are stored as they are. */
  static Codec<byte[]> bytes(String form) {
    return new Codec<>(form, Function.identity(), Function.identity());
  }

  public byte[] encode(T each) {
    return encoder.apply(each);
  }

  public T decode(byte[] bytes) {
    return decoder.apply(bytes);
  }
}
