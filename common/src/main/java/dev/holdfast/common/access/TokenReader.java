package dev.holdfast.common.access;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bearer tokens. Asked on the threads of the network, so it never blocks: what takes longer
 * than a look into a cache it does elsewhere.
 */
public interface TokenReader extends AutoCloseable {
  /** A node that takes no tokens. */
  TokenReader NONE =
      (token, from, told) ->
          told.accept(new Refused("this node takes no bearer tokens, certificates only", false));

  /**
   * Reads a token.
   *
   * @param token the part of the header behind {@code Bearer}
   * @param from address of the caller without its port: whoever sends many bad ones waits
   * @param told is told once: at once when the answer is known, else later, on another thread
   */
  void read(String token, String from, Consumer<Verdict> told);

  /** Why some good tokens are refused, or may be soon; null while none are. */
  default @Nullable String problem() {
    return null;
  }

  @Override
  default void close() {}

  /** What came of it. */
  sealed interface Verdict {}

  /**
   * A good token.
   *
   * @param principal of {@link Principal.Kind#TOKEN}
   * @param claims the rights that it claims, those of a peer never among them
   * @param until when it expires
   */
  record Verified(Principal principal, Rights claims, Instant until) implements Verdict {
    public Verified(Principal principal, List<Grant> claims, Instant until) {
      this(principal, Rights.of(claims), until);
    }
  }

  /**
   * A token that says nothing.
   *
   * @param why in words that may be told to anybody, without any part of the token
   * @param isForNow whether the token may be good, and accepted a little later
   */
  record Refused(String why, boolean isForNow) implements Verdict {}
}
