package dev.holdfast.common.server;

import io.grpc.MethodDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the name of a method says: those that change nothing have names of their own. */
final class MethodKinds {
  private static final List<String> READS =
      List.of(
          "Get", "BatchGet", "List", "Explain", "Read", "Subscribe", "Watch", "Check", "Verify");

  private MethodKinds() {}

  /** Whether one call may read much. */
  static boolean isPage(MethodDescriptor<?, ?> method) {
    @Nullable String name = method.getBareMethodName();
    return name != null && (name.startsWith("List") || name.startsWith("BatchGet"));
  }

  static boolean isRead(MethodDescriptor<?, ?> method) {
    @Nullable String name = method.getBareMethodName();
    return name != null && READS.stream().anyMatch(name::startsWith);
  }
}
