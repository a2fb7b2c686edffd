package dev.holdfast.common.server;

import io.grpc.Metadata;

/** Headers that are added to a call's answer, or to its trailers when it has no others. */
public interface AnswerHeaders {
  /** For code that runs outside of a call. */
  AnswerHeaders NONE = (key, value) -> {};

  /** Must be called before the answer begins, on the thread that gives it. */
  void put(Metadata.Key<String> key, String value);
}
