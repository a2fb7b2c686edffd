package dev.holdfast.store.state.fault;

import dev.holdfast.common.codec.NeedsNewerBuildException;

/**
 * The log or the state holds what this build does not know. Nothing is damaged: the partition stops
 * here and keeps what it has, until the newer build is installed.
 */
public final class NeedsNewerBuildFault extends StateFault {
  private static final long serialVersionUID = 1L;

  /** What the message begins with, wherever it is told. */
  public static final String CODE = "NEEDS_NEWER_BUILD: ";

  public NeedsNewerBuildFault(String where, NeedsNewerBuildException cause) {
    super(message(where, cause.what()), cause);
  }

  /**
   * @param where something that a newer build wrote
   * @param what this build does not know in it
   */
  public NeedsNewerBuildFault(String where, String what) {
    super(message(where, what));
  }

  private static String message(String where, String what) {
    return CODE
        + where
        + " holds "
        + what
        + ", which this build does not know: a newer build wrote it. Install the newer build on this"
        + " node; its data stays as it is";
  }

  /** The code comes first. */
  @Override
  public String during(String what) {
    return String.valueOf(getMessage());
  }
}
