package dev.holdfast.common.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 chain over the batches of a partition. */
public final class BatchHash {
  private static final int BYTES = 32;

  private BatchHash() {}

  /** What the first batch of a partition has as its previous hash. */
  public static byte[] genesis() {
    return new byte[BYTES];
  }

  public static byte[] of(byte[] encodedBatch) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(encodedBatch);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
