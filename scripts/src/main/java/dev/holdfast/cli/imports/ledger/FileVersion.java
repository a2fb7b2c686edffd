package dev.holdfast.cli.imports.ledger;

/**
 * The identity of a file at the time of inspection.
 *
 * @param path empty for piped input
 * @param content fingerprint of the decompressed bytes
 * @param reading fingerprint of the reading options
 */
public record FileVersion(String path, String content, String reading) {
  /** Equal for the same content, read in the same way. */
  public String fingerprint() {
    return content + "-" + reading;
  }
}
