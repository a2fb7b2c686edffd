package dev.holdfast.cli;

/** The command line cannot be obeyed; the message names the option and the way out. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  /** Throws one unless a value lies within the bounds of its option. */
  public static void requireRange(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new UsageException(option + " must be " + min + " to " + max + ", was " + value);
    }
  }

  /** Throws one if a value is negative. */
  public static void requireNotNegative(String option, long value) {
    if (value < 0) {
      throw new UsageException(option + " must not be negative, was " + value);
    }
  }
}
