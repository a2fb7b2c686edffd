package dev.holdfast.common.codec;

/**
 * Bytes hold what this build does not know, so a newer one wrote them. They are whole: nothing of
 * them may be applied, and nothing of them may be thrown away.
 */
public final class NeedsNewerBuildException extends UnreadableException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /**
   * @param what is not known, such as a field number and its message
   */
  public NeedsNewerBuildException(String what) {
    super("needs a newer build: it holds " + what + ", which this build does not know", null);
    this.what = what;
  }

  /** What is not known, such as a field number and its message. */
  public String what() {
    return what;
  }
}
