package dev.holdfast.common.tokens;

import dev.holdfast.common.access.TokenReader;
import dev.holdfast.common.access.TokenReader.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads a token and waits for the verdict. */
final class Reading {
  private Reading() {}

  static Verdict of(TokenReader tokens, String token) {
    return of(tokens, token, "192.0.2.7");
  }

  static Verdict of(TokenReader tokens, String token, String from) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    tokens.read(token, from, verdict::complete);
    return verdict.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
