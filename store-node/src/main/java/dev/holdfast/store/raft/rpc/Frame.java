package dev.holdfast.store.raft.rpc;

import com.google.protobuf.Message;

/**
 * One request or response on a stream.
 *
 * @param id of the request, unique on its stream; the response has the same
 * @param call number of the {@link RaftCall}; {@link #ERROR} for a response that tells an error
 */
record Frame(long id, int call, Message body) {
  static final int ERROR = 0;
}
