package dev.holdfast.store.api.cluster;

import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.proto.cluster.v1.IntroduceRequest;
import dev.holdfast.proto.cluster.v1.IntroduceResponse;
import dev.holdfast.proto.cluster.v1.JoinRequest;
import dev.holdfast.proto.cluster.v1.JoinResponse;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.membership.Introduction;
import dev.holdfast.store.membership.PeerCalls;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks peers for a place. The caller waits, a bounded time. */
public final class MembershipCalls implements PeerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(MembershipCalls.class);
  private static final long DEADLINE_MILLIS = 2_000;

  private final String self;
  private final List<String> others;
  private final PeerChannels peers;

  public MembershipCalls(String self, List<String> nodes, PeerChannels peers) {
    this.self = self;
    this.others = nodes.stream().filter(node -> !node.equals(self)).toList();
    this.peers = peers;
  }

  @Override
  public List<Introduction> introduce() {
    IntroduceRequest request = IntroduceRequest.newBuilder().setNodeId(self).build();
    List<ListenableFuture<IntroduceResponse>> asked = new ArrayList<>();
    for (String node : others) {
      Channel channel = peers.to(node);
      if (channel != null) {
        asked.add(stub(channel).introduce(request));
      }
    }
    List<Introduction> answers = new ArrayList<>();
    for (ListenableFuture<IntroduceResponse> each : asked) {
      IntroduceResponse answer = answerOf(each);
      if (answer != null) {
        answers.add(introduction(answer));
      }
    }
    return answers;
  }

  private static MembershipServiceGrpc.MembershipServiceFutureStub stub(Channel channel) {
    return MembershipServiceGrpc.newFutureStub(channel)
        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Introduction introduction(IntroduceResponse answer) {
    return new Introduction(
        answer.getNodeId(),
        new Introduction.Layout(
            answer.getClusterId(),
            answer.getPartitionCount(),
            answer.getPinnedMap(),
            answer.getMembersList()),
        answer.getDiskId(),
        answer.getBootstraps(),
        answer.getFoundersMap(),
        answer.getIncarnationsList());
  }

  @Override
  public OptionalInt askForIncarnation(String node, int partition) {
    JoinResponse answer = join(node, request(partition));
    return answer != null && answer.hasIncarnation()
        ? OptionalInt.of(answer.getIncarnation())
        : OptionalInt.empty();
  }

  @Override
  public void askForSeat(String node, int partition, int incarnation, long lastLogIndex) {
    join(node, request(partition).setIncarnation(incarnation).setLastLogIndex(lastLogIndex));
  }

  private JoinRequest.Builder request(int partition) {
    return JoinRequest.newBuilder().setNodeId(self).setPartition(partition);
  }

  private @Nullable JoinResponse join(String node, JoinRequest.Builder request) {
    Channel channel = peers.to(node);
    return channel == null ? null : answerOf(stub(channel).join(request.build()));
  }

  /** Null when there is none: who asks asks again. */
  private static <T> @Nullable T answerOf(ListenableFuture<T> asked) {
    try {
      return asked.get(2 * DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.debug("a peer does not answer", e);
      return null;
    }
  }
}
