package dev.holdfast.cli.sample;

/**
 * The opening quantity that an item needs so that none of its movements is refused.
 *
 * @param anyOrder enough for any order of the movements: all units that ever leave
 * @param fileOrder enough for the order of the file: the largest deficit on the way
 * @param change the sum of all movements
 */
record Opening(long anyOrder, long fileOrder, long change) {
  static final Opening NONE = new Opening(0, 0, 0);

  Opening then(long delta) {
    long after = change + delta;
    return new Opening(anyOrder + Math.max(0, -delta), Math.max(fileOrder, -after), after);
  }
}
