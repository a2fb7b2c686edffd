package dev.holdfast.cli.global;

import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.List;
import java.util.function.Consumer;

/** Walks through an answer of the view page by page, and collects the doubts about it. */
public final class ViewPages {
  private ViewPages() {}

  /**
   * One page.
   *
   * @param asOf the positions of the view that the rows are from
   * @param nextToken empty for the last page
   */
  public record Page<T>(List<T> rows, List<ViewPosition> asOf, String nextToken) {}

  /**
   * Asks for the page of a token; the first has an empty one. A page may be short and not the last.
   */
  @FunctionalInterface
  public interface Call<T> {
    Page<T> page(String token, int sizeMax);
  }

  /** Hands over at most so many rows, in order; returns whether these were all. */
  public static <T> boolean forEach(
      Call<T> call, int pageSizeMax, long rowsMax, Doubts doubts, Consumer<Aged<T>> action) {
    long left = rowsMax;
    String token = "";
    do {
      Page<T> page = call.page(token, (int) Math.min(pageSizeMax, left));
      doubts.add(page.asOf);
      page.rows.forEach(row -> action.accept(Aged.of(row, page.asOf)));
      left -= page.rows.size();
      token = page.nextToken;
    } while (!token.isEmpty() && left > 0);
    return token.isEmpty();
  }
}
