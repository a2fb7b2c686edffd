package dev.holdfast.common.crypt;

import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/** A key that values are sealed with, and the count of those that were. Safe for many threads. */
final class DataKey {
  private final int id;
  private final SecretKeySpec key;
  private final AtomicLong sealed = new AtomicLong();

  DataKey(int id, SecretKeySpec key) {
    this.id = id;
    this.key = key;
  }

  int id() {
    return id;
  }

  SecretKeySpec key() {
    return key;
  }

  /** The number of the next value; no two have the same. */
  long nextNumber() {
    return sealed.getAndIncrement();
  }
}
