package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;

import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a stored directory with this build, for {@link StoredDirectoryIT}. Run by hand when the
 * disk format changes, with the test class path; argument: where NAME.zip and NAME.txt go, for
 * example {@code src/test/resources/stored/format-2}. Keep the older ones.
 */
final class StoredDirectoryMaker {
  private static final int FORGOTTEN = 40;

  private StoredDirectoryMaker() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("stored");
    Path zip = Path.of(arguments[0] + ".zip");
    forget(directory);
    Map<String, String> answers = new LinkedHashMap<>();
    try (TestNode node =
        StoredDirectory.node(directory)
            .with("snapshot.every-events", "20")
            .with("digest.quiet", "200ms")) {
      StoredDirectory.start(node);
      execute(node.call());
      IntStream.range(0, StoredDirectory.PARTITIONS)
          .forEach(partition -> awaitRest(node, partition));
      answers.put("time", Long.toString(System.currentTimeMillis()));
      answers.putAll(StoredDirectory.answers(node));
    }
    StoredDirectory.pack(directory, zip);
    StoredDirectory.writeAnswers(Path.of(arguments[0] + ".txt"), answers);
    System.exit(0); // threads of RocksDB and JRaft
  }

  /** Writes receipts that are evicted again, so that the directory has an eviction behind it. */
  private static void forget(Path directory) {
    try (TestNode node =
        StoredDirectory.node(directory)
            .with("cluster.bootstrap", "true")
            .with("receipts.count-max", "10")) {
      StoredDirectory.start(node);
      Caller caller = node.call();
      for (String store : List.of(StoredCommands.PARIS, StoredCommands.OSLO)) {
        caller.create(store, "pen", 1);
        for (int i = 0; i < FORGOTTEN; i++) {
          caller.adjust(store, "pen", 1);
        }
      }
      for (int partition = 0; partition < StoredDirectory.PARTITIONS; partition++) {
        StateReads store = node.state(partition);
        patiently().until(() -> store.applied().receiptsCount() <= 10);
      }
    }
  }

  private static void execute(Caller caller) {
    StoredCommands.all()
        .forEach(
            (key, call) -> {
              try {
                var unused = call.apply(caller);
              } catch (StatusRuntimeException rejected) {
                System.out.println(key + ": " + rejected.getMessage());
              }
            });
  }

  /** Waits for the expiry, for what arrives, for the digest and for the snapshot. */
  private static void awaitRest(TestNode node, int partition) {
    StateReads store = node.state(partition);
    patiently().until(() -> arriving(node) == 0);
    patiently()
        .during(java.time.Duration.ofSeconds(3))
        .until(
            () ->
                store.logEnd().digests().recordedAt() == store.applied().sequence()
                    && node.replica(partition).raft().snapshotIndex() > 0);
  }

  private static long arriving(TestNode node) {
    return node
        .call()
        .stub(TransferServiceGrpc::newBlockingStub)
        .listTransfers(ListTransfersRequest.newBuilder().setClosedToo(true).build())
        .getTransfersList()
        .stream()
        .map(Transfer::getLinesList)
        .flatMap(List::stream)
        .mapToLong(TransferLine::getArriving)
        .sum();
  }
}
