package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a request. What is not known is refused: a typo must not become another answer. */
final class QueryParameters {
  private final Map<String, List<String>> given;
  private final FieldRules rules = new FieldRules();

  QueryParameters(Map<String, List<String>> given, Set<String> known) {
    this.given = given;
    for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
      if (!known.contains(parameter.getKey())) {
        rules.violate(parameter.getKey(), "is not a parameter here; there are " + sorted(known));
      } else if (parameter.getValue().size() > 1) {
        rules.violate(parameter.getKey(), "must be given once");
      }
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** Empty when it is not given. */
  String text(String name) {
    List<String> values = given.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  long number(String name) {
    return parsed(name, Long::valueOf, 0L, "must be a whole number");
  }

  int smallNumber(String name) {
    return parsed(name, Integer::valueOf, 0, "must be a whole number up to " + Integer.MAX_VALUE);
  }

  boolean flag(String name) {
    return parsed(name, QueryParameters::yesOrNo, false, "must be true or false");
  }

  private static Boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException(text);
    };
  }

  private <T> T parsed(String name, Function<String, T> parser, T absent, String rule) {
    @Nullable String text = text(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      rules.violate(name, rule);
      return absent;
    }
  }

  /** A value is none of those that there are. */
  void violate(String name, String rule) {
    rules.violate(name, rule);
  }

  void refuseInvalid() {
    if (!rules.isValid()) {
      throw Statuses.exception(Statuses.invalid(rules.violations()));
    }
  }
}
