package dev.holdfast.deploy.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class Options {
  private static final Duration LOAD = Duration.ofSeconds(18);

  @Nullable Duration limit;
  long seed = System.currentTimeMillis() % 1_000_000;
  List<String> only = List.of();
  boolean list;
  boolean pairs;
  boolean secure;
  boolean adversity;
  Duration load = LOAD;
  Path report = Path.of("target", "faults");

  private Options() {}

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException that says which one is wrong
   */
  static Options parse(String[] arguments) {
    Options options = new Options();
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      options.take(left.remove(), left);
    }
    return options;
  }

  private void take(String name, Deque<String> left) {
    switch (name) {
      case "--minutes" -> limit = Duration.ofMinutes(number(name, left));
      case "--seed" -> seed = number(name, left);
      case "--only" -> only = List.of(value(name, left).split(",", -1));
      case "--list" -> list = true;
      case "--pairs" -> pairs = true;
      case "--secure" -> secure = true;
      case "--adversity" -> adversity = true;
      case "--seconds" -> load = Duration.ofSeconds(number(name, left));
      case "--report" -> report = Path.of(value(name, left));
      default -> throw new IllegalArgumentException("there is no option " + name);
    }
  }

  private static long number(String name, Deque<String> left) {
    String value = value(name, left);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a number, not " + value, e);
    }
  }

  private static String value(String name, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return left.remove();
  }
}
