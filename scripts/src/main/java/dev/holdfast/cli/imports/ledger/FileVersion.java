package dev.holdfast.cli.imports.ledger;

/**
 * A file as it was when it was looked at.
 *
 * @param path empty for what came through a pipe
 * @param content fingerprint of the decompressed bytes
 * @param reading fingerprint of how they are read
 */
public record FileVersion(String path, String content, String reading) {
  /** Equal for the same content, read in the same way. */
  public String fingerprint() {
    return content + "-" + reading;
  }
}
