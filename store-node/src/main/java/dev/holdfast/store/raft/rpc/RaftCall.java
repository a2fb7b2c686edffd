package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowResponse;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls between Raft nodes, with their numbers on the wire. JRaft's calls for administration
 * are not among them: nobody can make them over the network.
 */
enum RaftCall {
  APPEND_ENTRIES(
      1, AppendEntriesRequest.getDefaultInstance(), AppendEntriesResponse.getDefaultInstance()),
  REQUEST_VOTE(
      2, RequestVoteRequest.getDefaultInstance(), RequestVoteResponse.getDefaultInstance()),
  GET_FILE(3, GetFileRequest.getDefaultInstance(), GetFileResponse.getDefaultInstance()),
  INSTALL_SNAPSHOT(
      4, InstallSnapshotRequest.getDefaultInstance(), InstallSnapshotResponse.getDefaultInstance()),
  TIMEOUT_NOW(5, TimeoutNowRequest.getDefaultInstance(), TimeoutNowResponse.getDefaultInstance()),
  READ_INDEX(6, ReadIndexRequest.getDefaultInstance(), ReadIndexResponse.getDefaultInstance()),
  PING(7, PingRequest.getDefaultInstance(), ErrorResponse.getDefaultInstance());

  private static final Map<Class<?>, RaftCall> BY_REQUEST = new HashMap<>();
  private static final RaftCall[] BY_NUMBER = new RaftCall[8];

  static {
    for (RaftCall call : values()) {
      BY_REQUEST.put(call.request.getClass(), call);
      BY_NUMBER[call.number] = call;
    }
  }

  private final int number;
  private final Message request;
  private final Message response;

  RaftCall(int number, Message request, Message response) {
    this.number = number;
    this.request = request;
    this.response = response;
  }

  int number() {
    return number;
  }

  /** An empty request. */
  Message request() {
    return request;
  }

  /** An empty response. */
  Message response() {
    return response;
  }

  /** The call of a request. */
  static RaftCall of(Object request) {
    RaftCall call = BY_REQUEST.get(request.getClass());
    if (call == null) {
      throw new IllegalArgumentException("no call between nodes: " + request.getClass().getName());
    }
    return call;
  }

  /** The peer that a request says it is from; null when it does not say. */
  static @Nullable String senderOf(Message request) {
    if (request instanceof AppendEntriesRequest append) {
      return append.getServerId();
    }
    if (request instanceof RequestVoteRequest vote) {
      return vote.getServerId();
    }
    if (request instanceof InstallSnapshotRequest install) {
      return install.getServerId();
    }
    if (request instanceof TimeoutNowRequest timeout) {
      return timeout.getServerId();
    }
    return request instanceof ReadIndexRequest read ? read.getServerId() : null;
  }

  /** The call with this number; null for a call of a newer build. */
  static @Nullable RaftCall numbered(int number) {
    return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }
}
