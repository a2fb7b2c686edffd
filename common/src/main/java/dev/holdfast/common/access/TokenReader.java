package dev.holdfast.common.access;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads bearer tokens. Asked on the threads of the network, so it never blocks: what takes longer
 * than a look into a cache it does elsewhere.
 */
public interface TokenReader {
  /** A node that takes no tokens. */
  TokenReader NONE =
      (token, told) -> told.accept(new Refused("this node takes no bearer tokens, certificates only"));

  /**
   * Reads a token.
   *
   * @param token the part of the header behind {@code Bearer}
   * @param told is told once: at once when the answer is known, else later, on another thread
   */
  void read(String token, Consumer<Verdict> told);

  /** What came of it. */
  sealed interface Verdict {}

  /**
   * A good token.
   *
   * @param principal of {@link Principal.Kind#TOKEN}
   * @param grants of its claims, none for a peer
   * @param until when it expires
   */
  record Verified(Principal principal, List<Grant> grants, Instant until) implements Verdict {
    public Verified {
      grants = List.copyOf(grants);
    }
  }

  /**
   * A token that says nothing.
   *
   * @param why in words that may be told to anybody, without any part of the token
   */
  record Refused(String why) implements Verdict {}
}
