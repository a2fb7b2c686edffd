package dev.holdfast.store.raft.rpc;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProcessorsTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Processors processors = new Processors(pool);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void shouldAppendInOrderForAPairOfPeers() {
    List<Long> handled = new CopyOnWriteArrayList<>();
    appendBy(append -> handled.add(append.getTerm()));

    for (long term = 0; term < 1_000; term++) {
      processors.handle(append("group", term), new NoReply());
    }

    await().until(() -> handled.size() == 1_000);
    assertThat(handled).isEqualTo(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void shouldNotLetOneGroupWaitForAnother() {
    CountDownLatch other = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(1);
    appendBy(
        append -> {
          if (append.getGroupId().equals("other")) {
            other.countDown();
          } else {
            awaitUninterruptibly(other);
            both.countDown();
          }
        });

    processors.handle(append("group", 1), new NoReply());
    processors.handle(append("other", 1), new NoReply());

    await().until(() -> both.getCount() == 0);
  }

  private void appendBy(Consumer<AppendEntriesRequest> handler) {
    processors.add(
        new RpcProcessor<AppendEntriesRequest>() {
          @Override
          public void handleRequest(RpcContext reply, AppendEntriesRequest append) {
            handler.accept(append);
          }

          @Override
          public String interest() {
            return AppendEntriesRequest.class.getName();
          }
        });
  }

  private static AppendEntriesRequest append(String group, long term) {
    return AppendEntriesRequest.newBuilder()
        .setGroupId(group)
        .setServerId("127.0.0.1:1")
        .setPeerId("127.0.0.1:2")
        .setTerm(term)
        .setPrevLogTerm(0)
        .setPrevLogIndex(0)
        .setCommittedIndex(0)
        .build();
  }

  /** Where nobody waits for a response. */
  private static final class NoReply implements RpcContext {
    @Override
    public void sendResponse(Object response) {}

    @Override
    public Connection getConnection() {
      return new PeerConnection(getRemoteAddress(), null);
    }

    @Override
    public String getRemoteAddress() {
      return "127.0.0.1:1";
    }
  }
}
