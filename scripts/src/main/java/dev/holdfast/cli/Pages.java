package dev.holdfast.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Walks through a list page by page; the next page is under way while one is handled. */
public final class Pages {
  private Pages() {}

  /**
   * Hands over all pages, in order.
   *
   * @param call asks for the page of a token; the first has an empty one
   * @param nextToken of a page; empty for the last
   */
  public static <P> void forEach(
      Function<String, CompletableFuture<P>> call,
      Function<P, String> nextToken,
      Consumer<P> action) {
    CompletableFuture<P> coming = call.apply("");
    String token;
    do {
      P page = Await.answer(coming);
      token = nextToken.apply(page);
      if (!token.isEmpty()) {
        coming = call.apply(token);
      }
      action.accept(page);
    } while (!token.isEmpty());
  }
}
