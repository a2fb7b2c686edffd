package dev.holdfast.common.server;

import io.grpc.Metadata;

/** Headers that are added to a call's answer, or to its trailers when it has no others. */
public interface AnswerHeaders {
  /** Ignores headers, for code that runs outside of a call. */
  AnswerHeaders NONE = (key, value) -> {};

  /** Adds a header. Call it before the answer begins, on the thread that sends the answer. */
  void put(Metadata.Key<String> key, String value);
}
