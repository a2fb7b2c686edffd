package dev.holdfast.cli.sample;

/**
 * The opening quantity that an item needs so that none of its movements is refused.
 *
 * @param anyOrder in whatever order they come: all that ever leaves
 * @param fileOrder in the order of the file: the deepest point
 * @param change of all movements together
 */
record Opening(long anyOrder, long fileOrder, long change) {
  static final Opening NONE = new Opening(0, 0, 0);

  Opening then(long delta) {
    long after = change + delta;
    return new Opening(anyOrder + Math.max(0, -delta), Math.max(fileOrder, -after), after);
  }
}
