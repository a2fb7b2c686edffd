package dev.holdfast.common.config;

/** The choice between connections of which both ends are known, and open ones. */
public enum SecurityMode {
  /** TLS everywhere, with the certificates of {@link SecurityKeys}. */
  TLS("tls"),
  /** Plaintext: callers are not told apart, and each may do everything. */
  OFF("off");

  /** The default, for every process. */
  public static final String DEFAULT = "tls";

  private final String text;

  SecurityMode(String text) {
    this.text = text;
  }

  /**
   * Reads {@code tls} or {@code off}.
   *
   * @throws IllegalArgumentException for other text
   */
  public static SecurityMode parse(String text) {
    for (SecurityMode mode : values()) {
      if (mode.text.equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("must be tls or off");
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return text;
  }
}
