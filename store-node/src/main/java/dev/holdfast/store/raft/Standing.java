package dev.holdfast.store.raft;

import org.jspecify.annotations.Nullable;

/**
 * The result of checking a replica's files at a start.
 *
 * @param incarnation which one it was; {@link #UNKNOWN} when that is lost, too
 * @param doubt why it may not go on as that one; null when it may
 */
public record Standing(int incarnation, @Nullable String doubt) {
  /** The incarnation of every replica of a new cluster. */
  public static final int FOUNDER = 0;

  public static final int UNKNOWN = -1;

  public boolean isCertain() {
    return doubt == null;
  }
}
