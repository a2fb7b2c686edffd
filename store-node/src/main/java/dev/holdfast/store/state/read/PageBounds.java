package dev.holdfast.store.state.read;

/**
 * Bounds of a page, so that neither its answer nor the work for it grows with the state.
 *
 * @param rowsMax rows of the page
 * @param bytesMax about what they take in an answer; the row that reaches it is the last one
 * @param readsMax rows gone over
 * @param readBytesMax bytes of records that are parsed
 */
public record PageBounds(int rowsMax, long bytesMax, int readsMax, long readBytesMax) {
  /** A row takes at most some 150 KB, so that an answer stays below the usual 4 MiB. */
  private static final long BYTES_MAX = 3 << 20;

  private static final int READS_MAX = 60_000;
  private static final long READ_BYTES_MAX = 16 << 20;

  /** For a page of so many rows. */
  public static PageBounds of(int rowsMax) {
    return new PageBounds(rowsMax, BYTES_MAX, READS_MAX, READ_BYTES_MAX);
  }

  /** For each of several pages that will be one: any of them may hold all of its rows. */
  public PageBounds sharedBy(int pages) {
    return new PageBounds(
        rowsMax,
        Math.max(1, bytesMax / pages),
        Math.max(1, readsMax / pages),
        Math.max(1, readBytesMax / pages));
  }
}
