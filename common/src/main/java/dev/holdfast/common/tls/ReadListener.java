package dev.holdfast.common.tls;

import org.jspecify.annotations.Nullable;

/** Is told when the files of certificates were read again. */
public interface ReadListener {
  /**
   * The files were read.
   *
   * @param what the certificate that is in use, and who is believed
   * @param problem why those read before stay in use; null when the new ones are
   */
  void read(String what, @Nullable String problem);
}
