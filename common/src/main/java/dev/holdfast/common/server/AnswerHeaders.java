package dev.holdfast.common.server;

import io.grpc.Metadata;

/** What is added to the headers of a call's answer, or to its trailers when it has no others. */
public interface AnswerHeaders {
  /** Nobody is answered. */
  AnswerHeaders NONE = (key, value) -> {};

  /** Before the answer is begun, on the thread that gives it. */
  void put(Metadata.Key<String> key, String value);
}
