package dev.holdfast.store.api.read;

import java.util.Comparator;

/** The order of texts by their UTF-8 bytes, which is that of their code points. */
enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    if (i == a.length() || i == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    boolean surrogates = Character.isSurrogate(a.charAt(i)) != Character.isSurrogate(b.charAt(i));
    int order = Character.compare(a.charAt(i), b.charAt(i));
    // Surrogates stand for code points above all others, but their chars lie below U+E000.
    return surrogates ? (Character.isSurrogate(a.charAt(i)) ? 1 : -1) : order;
  }
}
