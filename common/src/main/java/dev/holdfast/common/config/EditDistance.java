package dev.holdfast.common.config;

/**
 * Counts the letters that must be added, dropped or changed to turn one word into another
 * (Levenshtein).
 */
public final class EditDistance {
  private EditDistance() {}

  public static int between(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      above = nextRow(above, from.charAt(row - 1), row, to);
    }
    return above[to.length()];
  }

  private static int[] nextRow(int[] above, char letter, int row, String to) {
    int[] current = new int[above.length];
    current[0] = row;
    for (int column = 1; column < current.length; column++) {
      int changed = above[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
      int addedOrDropped = 1 + Math.min(above[column], current[column - 1]);
      current[column] = Math.min(changed, addedOrDropped);
    }
    return current;
  }
}
