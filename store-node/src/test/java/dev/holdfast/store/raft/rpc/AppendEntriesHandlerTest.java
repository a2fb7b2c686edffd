package dev.holdfast.store.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.entity.NodeId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.google.protobuf.ByteString;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group is JRaft's as far as it is asked here. */
final class AppendEntriesHandlerTest {
  private static final PeerId PEER = new PeerId("127.0.0.1", 1);

  private final AppendEntriesHandler handler = new AppendEntriesHandler(Runnable::run);
  private final List<RpcRequestClosure> appending = new ArrayList<>();
  private final List<Long> responses = new ArrayList<>();
  private final Node group =
      (Node)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Node.class, RaftServerService.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getNodeId" -> new NodeId("group", PEER);
                    case "getGroupId" -> "group";
                    case "getRaftOptions" -> new RaftOptions();
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    case "handleAppendEntriesRequest" -> {
                      appending.add((RpcRequestClosure) arguments[1]);
                      yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  @BeforeEach
  void found() {
    NodeManager.getInstance().addAddress(PEER.getEndpoint());
    assertThat(NodeManager.getInstance().add(group)).isTrue();
  }

  @AfterEach
  void end() {
    NodeManager.getInstance().remove(group);
    NodeManager.getInstance().removeAddress(PEER.getEndpoint());
  }

  /** Responses that wait for one that was lost would wait for ever. */
  @Test
  void shouldRespondWithoutWaitingForEarlierRequests() {
    for (int i = 0; i < 3; i++) {
      handler.handleRequest(new Responses(), request());
    }

    respond(2);
    respond(1);

    assertThat(responses).containsExactly(2L, 1L);
  }

  private void respond(int number) {
    appending
        .get(number)
        .sendResponse(
            AppendEntriesResponse.newBuilder()
                .setTerm(1)
                .setSuccess(true)
                .setLastLogIndex(number)
                .build());
  }

  private static AppendEntriesRequest request() {
    return AppendEntriesRequest.newBuilder()
        .setGroupId("group")
        .setServerId("127.0.0.1:2")
        .setPeerId(PEER.toString())
        .setTerm(1)
        .setPrevLogTerm(0)
        .setPrevLogIndex(0)
        .setCommittedIndex(0)
        .setData(ByteString.copyFromUtf8("entries"))
        .build();
  }

  private final class Responses implements RpcContext {
    @Override
    public void sendResponse(Object response) {
      responses.add(((AppendEntriesResponse) response).getLastLogIndex());
    }

    @Override
    public Connection getConnection() {
      return new PeerConnection(getRemoteAddress(), null);
    }

    @Override
    public String getRemoteAddress() {
      return "127.0.0.1:2";
    }
  }
}
