package dev.holdfast.store.api.call;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.server.RequestIdInterceptor;

/** The caller of the call that runs on this thread. */
public final class Callers {
  private Callers() {}

  public static Origin current() {
    return new Origin(RequestIdInterceptor.current(), Caller.current().principal().text());
  }
}
