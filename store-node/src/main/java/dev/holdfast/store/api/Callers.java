package dev.holdfast.store.api;

import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.server.RequestIdInterceptor;

/** Who made the call that runs on this thread. */
final class Callers {
  private Callers() {}

  static Origin current() {
    return new Origin(RequestIdInterceptor.current(), Origin.ANONYMOUS);
  }
}
