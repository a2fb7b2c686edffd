package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;

/**
 * One call of one client.
 *
 * @param client number of the client; checkers need only the times
 * @param beginNanos monotonic time before the request was sent
 * @param endNanos monotonic time after the outcome was known; {@link #NEVER} when it is not yet
 */
public record Call(int client, long beginNanos, long endNanos, Message request, Outcome outcome) {
  public static final long NEVER = Long.MAX_VALUE;

  public Kind kind() {
    return Kind.of(request);
  }

  /** The same call with another outcome. */
  public Call with(Outcome other) {
    return new Call(client, beginNanos, endNanos, request, other);
  }
}
