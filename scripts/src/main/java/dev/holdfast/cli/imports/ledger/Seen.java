package dev.holdfast.cli.imports.ledger;

/**
 * A compact set of evenly spread numbers, about 16 bytes each: a {@code HashSet} of the hashes of
 * millions of lines would not fit into memory.
 */
public final class Seen {
  private static final int SIZE_FIRST = 1 << 12;
  private static final int EMPTY = 0;

  private final int countMax;
  private long[] slots = new long[SIZE_FIRST];
  private int count;

  public Seen(int countMax) {
    this.countMax = countMax;
  }

  /** Adds a number; returns false if it is present already. */
  public boolean add(long hash) {
    if (count == countMax) {
      throw new IllegalStateException("more than " + countMax);
    }
    if (count >= slots.length / 4 * 3) {
      grow();
    }
    boolean added = put(slots, hash == EMPTY ? 1 : hash);
    count += added ? 1 : 0;
    return added;
  }

  public boolean contains(long hash) {
    long wanted = hash == EMPTY ? 1 : hash;
    int at = (int) wanted & (slots.length - 1);
    while (slots[at] != EMPTY && slots[at] != wanted) {
      at = (at + 1) & (slots.length - 1);
    }
    return slots[at] == wanted;
  }

  public int count() {
    return count;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long hash : slots) {
      if (hash != EMPTY) {
        put(larger, hash);
      }
    }
    slots = larger;
  }

  private static boolean put(long[] slots, long hash) {
    int at = (int) hash & (slots.length - 1);
    while (slots[at] != EMPTY) {
      if (slots[at] == hash) {
        return false;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = hash;
    return true;
  }
}
