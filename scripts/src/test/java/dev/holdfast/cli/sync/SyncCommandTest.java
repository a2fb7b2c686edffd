package dev.holdfast.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SyncCommandTest {
  private final FakeSync sync = new FakeSync();
  private final FakeCluster aggregator = new FakeCluster(sync);

  @AfterEach
  void close() {
    aggregator.close();
  }

  @Test
  void shouldShowHowThePartitionsAreFollowed() {
    CliRun run = run("status", "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            partition,node,connected,cursor,head,lag_events,age_millis,proven,records,on_hand,reserved,untrusted,paused,last_error
            0,node-a,true,17,17,0,5,17,1,40,0,,,
            1,node-a,true,17,17,0,5,17,1,41,0,,,
            """);
    assertThat(run.err()).contains("running, 0 changes parked, 0 violations open");
  }

  @Test
  void shouldStopAndStart() {
    CliRun stopped = run("stop", "-o", "json");
    CliRun status = run("status");
    CliRun started = run("start");

    assertThat(stopped.code()).isZero();
    assertThat(stopped.out()).contains("\"connected\":false", "\"age_millis\":null");
    assertThat(stopped.err()).contains("stopped,");
    assertThat(status.code()).isEqualTo(1);
    assertThat(started.err()).contains("running,");
    assertThat(run("status").code()).isZero();
  }

  @Test
  void shouldWaitUntilTheViewIncludesEverything() {
    CliRun run = run("now", "-o", "csv");

    assertThat(run.out()).isEqualTo("partition,sequence\n0,17\n1,3\n");
  }

  @Test
  void shouldSayThatItCanNotWaitWhileStopped() {
    run("stop");

    CliRun run = run("now");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("FAILED_PRECONDITION: sync is stopped");
  }

  @Test
  void shouldRebuildAPartAndProveIt() {
    sync.spoil(1, 7);
    CliRun before = run("status");

    CliRun rebuilt = run("rebuild", "1", "-o", "json");

    assertThat(before.code()).isEqualTo(1);
    assertThat(before.out()).contains("differs");
    assertThat(before.err()).contains("1 violations open");
    assertThat(rebuilt.code()).as(rebuilt.err()).isZero();
    assertThat(rebuilt.out()).contains("\"partition\":1", "\"equal\":true");
    assertThat(run("status").code()).isZero();
  }

  @Test
  void shouldListViolationsAndTheirItems() {
    sync.spoil(0, 39);
    sync.spoil(1, 7);

    CliRun list = run("violations", "-o", "csv");
    CliRun one = run("violations", "1", "-o", "csv");

    assertThat(list.out().lines().skip(1).toList())
        .containsExactly(
            "2,1,17,2023-11-14T22:13:20Z,,\"1 records, 41 on hand, 0 reserved\","
                + "\"1 records, 7 on hand, 0 reserved\",1",
            "1,0,17,2023-11-14T22:13:20Z,,\"1 records, 40 on hand, 0 reserved\","
                + "\"1 records, 39 on hand, 0 reserved\",1");
    assertThat(one.out().lines().skip(1).toList())
        .containsExactly("0,Oslo,TEA-0,39,40,0,0,2,2,0,0,0,0,active,active,false");
    assertThat(run("violations", "3").err()).contains("there is no violation 3");
  }

  @Test
  void shouldRefuseWrongUsage() {
    assertThat(run("rebuild").code()).isEqualTo(2);
    assertThat(run("rebuild", "one").code()).isEqualTo(2);
    assertThat(run("violations", "--limit", "101").code()).isEqualTo(2);
    assertThat(CliRun.of("sync", "status", "--aggregator", "a:1,b:2").err())
        .contains("--aggregator: name one of them");
  }

  @Test
  void shouldTellThatTheAggregatorIsDown() {
    aggregator.close();

    CliRun run = run("status", "--timeout", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is the aggregator up? see --aggregator");
  }

  @Test
  void shouldSayThatItMayBeAskedAgain() {
    SyncServiceImplBase starting =
        new SyncServiceImplBase() {
          @Override
          public void getSyncStatus(
              GetSyncStatusRequest request, StreamObserver<GetSyncStatusResponse> out) {
            out.onError(Statuses.exception(Statuses.of(Reason.STALE, "there is no view yet")));
          }
        };
    try (FakeCluster cluster = new FakeCluster(starting)) {
      CliRun run = CliRun.of("sync", "status", "--timeout", "1", "--aggregator", cluster.address());

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("STALE: there is no view yet")
          .contains("try it again a little later; see: holdfast cluster status");
    }
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.of(
                Stream.of("sync"),
                Stream.of(arguments),
                Stream.of("--aggregator", aggregator.address()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
