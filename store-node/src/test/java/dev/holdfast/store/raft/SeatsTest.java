package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A group by hand, whose leader's log holds entries 201 to 100 000. */
final class SeatsTest {
  private static final long FIRST = 201;
  private static final long LAST = 100_000;
  private static final PeerId LEADER = peer(1, 0);
  private static final PeerId OTHER = peer(2, 0);
  private static final PeerId FORMER = peer(3, 7);
  private static final PeerId NEWCOMER = peer(3, 8);

  private final List<PeerId> voters = new ArrayList<>(List.of(LEADER, OTHER, FORMER));
  private final List<PeerId> learners = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private final Seats seats = new Seats(group(), () -> FIRST);

  private static PeerId peer(int node, int incarnation) {
    return new PeerId("127.0.0." + node, 7_000, incarnation);
  }

  /** JRaft's node, as far as seats ask it. */
  private Node group() {
    return (Node)
        Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "listPeers" -> List.copyOf(voters);
                  case "listLearners" -> List.copyOf(learners);
                  case "getLastLogIndex" -> LAST;
                  case "addLearners" -> steps.add("learns " + arguments[0]);
                  case "removeLearners" -> steps.add("has learned " + arguments[0]);
                  case "changePeers" -> steps.add("votes " + members((Configuration) arguments[0]));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Set<String> members(Configuration configuration) {
    Set<String> members = new TreeSet<>();
    configuration.getPeers().forEach(peer -> members.add(peer.toString()));
    return members;
  }

  /** What is asked of Raft for a newcomer whose log ends there. */
  private List<String> steps(PeerId newcomer, long lastLogIndex) {
    steps.clear();
    seats.seat(newcomer, lastLogIndex);
    return List.copyOf(steps);
  }

  @Test
  void shouldLearnBeforeItVotesWhenItLacksMuch() {
    assertThat(steps(NEWCOMER, LAST - 50_001)).containsExactly("learns [" + NEWCOMER + "]");
  }

  /** It needs a snapshot, however few entries those are. */
  @Test
  void shouldLearnBeforeItVotesWhenTheLogBeginsBehindIt() {
    assertThat(steps(NEWCOMER, FIRST - 1)).containsExactly("learns [" + NEWCOMER + "]");
    assertThat(steps(NEWCOMER, 0)).containsExactly("learns [" + NEWCOMER + "]");
  }

  /** It lacks few entries, but the leader no longer knows the term of its last one. */
  @Test
  void shouldLearnFirstWhenTheLogBeginsRightAfterItsLastEntry() {
    Seats afterTrimming = new Seats(group(), () -> LAST - 10);

    afterTrimming.seat(NEWCOMER, LAST - 11);

    assertThat(steps).containsExactly("learns [" + NEWCOMER + "]");
  }

  @Test
  void shouldGoOnLearningUntilItHasCaughtUp() {
    learners.add(NEWCOMER);

    assertThat(steps(NEWCOMER, LAST - 1_001)).isEmpty();
    assertThat(steps(NEWCOMER, LAST - 1_000)).containsExactly("has learned [" + NEWCOMER + "]");
  }

  @Test
  void shouldVoteInPlaceOfWhatItWas() {
    assertThat(steps(NEWCOMER, LAST - 50_000))
        .containsExactly("votes [%s, %s, %s]".formatted(LEADER, OTHER, NEWCOMER));
  }

  @Test
  void shouldTakeNoPlaceTwiceNorThatOfALaterIncarnation() {
    voters.set(2, NEWCOMER);

    assertThat(steps(NEWCOMER, LAST)).isEmpty();
    assertThat(steps(FORMER, LAST)).isEmpty();
  }

  @Test
  void shouldNameNoIncarnationThatEverWas() {
    assertThat(seats.nextIncarnation(FORMER.getEndpoint())).isGreaterThan(FORMER.getIdx());
    learners.add(peer(3, 5_000_000));
    assertThat(seats.nextIncarnation(FORMER.getEndpoint())).isGreaterThan(5_000_000);
    assertThat(seats.nextIncarnation(peer(9, 0).getEndpoint())).isNotNegative();
  }
}
