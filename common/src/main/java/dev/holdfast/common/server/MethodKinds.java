package dev.holdfast.common.server;

import io.grpc.MethodDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells reads from changes by the names of the methods. */
final class MethodKinds {
  /** The reads of which one call may read many records. */
  private static final List<String> PAGES = List.of("List", "BatchGet", "Find");

  private static final List<String> READS =
      List.of(
          "Get",
          "BatchGet",
          "List",
          "Find",
          "Explain",
          "Read",
          "Subscribe",
          "Watch",
          "Check",
          "Verify");

  private MethodKinds() {}

  /** Whether one call may read many records. */
  static boolean isPage(MethodDescriptor<?, ?> method) {
    return begins(method, PAGES);
  }

  static boolean isRead(MethodDescriptor<?, ?> method) {
    return begins(method, READS);
  }

  private static boolean begins(MethodDescriptor<?, ?> method, List<String> words) {
    @Nullable String name = method.getBareMethodName();
    return name != null && words.stream().anyMatch(name::startsWith);
  }
}
