package dev.holdfast.common.crypt;

import java.security.SecureRandom;

/** Chance that can be foreseen, for golden bytes: 1, 2, 3 and so on. */
final class FixedBytes extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private byte next = 1;

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = next++;
    }
  }
}
