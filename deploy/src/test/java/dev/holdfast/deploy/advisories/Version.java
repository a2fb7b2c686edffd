package dev.holdfast.deploy.advisories;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Locale;

/** The version of a library: numbers, and words of which only those before a release count. */
record Version(String text) implements Comparable<Version> {
  private static final Splitter PARTS = Splitter.onPattern("[.-]");

  @Override
  public int compareTo(Version other) {
    List<String> ours = PARTS.splitToList(text);
    List<String> others = PARTS.splitToList(other.text);
    for (int i = 0; i < Math.max(ours.size(), others.size()); i++) {
      int order = Long.compare(rank(ours, i), rank(others, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long rank(List<String> parts, int place) {
    String part = place < parts.size() ? parts.get(place).toLowerCase(Locale.ROOT) : "0";
    if (part.matches("[0-9]{1,18}")) {
      return Long.parseLong(part);
    }
    if (part.startsWith("alpha")) {
      return -4;
    }
    if (part.startsWith("beta")) {
      return -3;
    }
    if (part.matches("m[0-9]+")) {
      return -2;
    }
    return part.startsWith("rc") ? -1 : 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
