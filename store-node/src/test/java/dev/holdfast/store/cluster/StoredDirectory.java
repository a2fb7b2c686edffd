package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.EventBatch;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The data directory of a node that an earlier build wrote, and what that build answered from it.
 * The answers are text in the names of the public API, so that they survive changes of the classes.
 *
 * <p>Raft's configuration is on the disk and names the node by address, so the Raft port is part of
 * the directory. It lies below all ports that {@link Ports} gives to other tests.
 */
final class StoredDirectory {
  static final int PARTITIONS = 2;
  private static final String NODE = "node-a";
  private static final int RAFT_PORT = 14_917;

  private StoredDirectory() {}

  /** A node on the directory: any free port for its APIs, and no work that a clock sets off. */
  static TestNode node(Path dataDir) {
    Ports ports = new Ports();
    String address = "127.0.0.1:" + ports.next();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("node.id", NODE);
    settings.put("node.data-dir", dataDir.toString());
    settings.put("cluster.id", "stored");
    settings.put("cluster.nodes", NODE + "=" + address + "/127.0.0.1:" + RAFT_PORT);
    settings.put("cluster.partitions", Integer.toString(PARTITIONS));
    settings.put("cluster.pinned", "paris=0;oslo=1;bern=1");
    settings.put("http.port", Integer.toString(ports.next()));
    settings.put("raft.election-timeout", "700ms");
    settings.put("storage.block-cache-bytes", "8MiB");
    settings.put("storage.memtable-bytes", "16MiB");
    settings.put("storage.free-bytes-min", "1MiB");
    settings.put("snapshot.spacing", "1ms");
    settings.put("digest.quiet", "1d");
    TestNode node = new TestNode(NODE, address, Map.of());
    settings.forEach(node::with);
    return node;
  }

  /** Starts the node and waits until it leads. */
  static void start(TestNode node) {
    node.start();
    patiently()
        .until(() -> node.replica(0).isLeading() && node.replica(PARTITIONS - 1).isLeading());
  }

  /** Sets the node's clock to what it was when the directory was written. */
  static void turnBack(TestNode node, long wallMillis) {
    node.setWallClock(Duration.ofMillis(wallMillis - System.currentTimeMillis()));
  }

  /** Everything that the node answers, by a name: reads, outcomes of keys, and its log. */
  static Map<String, String> answers(TestNode node) {
    Map<String, String> answers = new LinkedHashMap<>();
    Caller caller = node.call();
    reads().forEach((name, call) -> answers.put(name, answer(call, caller)));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      answers.put("log." + partition, log(node.state(partition)));
    }
    StoredCommands.all().forEach((key, call) -> answers.put(key, answer(call, caller)));
    return answers;
  }

  private static Map<String, Function<Caller, Message>> reads() {
    Map<String, Function<Caller, Message>> reads = new LinkedHashMap<>();
    reads.put("stock", in -> in.inventory().listStock(ListStockRequest.getDefaultInstance()));
    reads.put(
        "stores",
        in ->
            in.stub(TermsServiceGrpc::newBlockingStub)
                .listStores(ListStoresRequest.getDefaultInstance()));
    reads.put(
        "reservations",
        in ->
            in.inventory()
                .listReservations(
                    ListReservationsRequest.newBuilder().setStore(StoredCommands.PARIS).build()));
    reads.put(
        "transfers",
        in ->
            in.stub(TransferServiceGrpc::newBlockingStub)
                .listTransfers(ListTransfersRequest.newBuilder().setClosedToo(true).build()));
    reads.put(
        "lease",
        in ->
            in.stub(LeaseServiceGrpc::newBlockingStub)
                .getLease(
                    GetLeaseRequest.newBuilder()
                        .setStore(StoredCommands.BERN)
                        .setSku("tea")
                        .build()));
    return reads;
  }

  /** The outcome of a call: its response, or the reason and the facts of its refusal. */
  private static String answer(Function<Caller, Message> call, Caller caller) {
    try {
      return text(lasting(call.apply(caller)));
    } catch (StatusRuntimeException e) {
      HoldfastException refused = HoldfastException.from(e);
      return "%s %s".formatted(refused.reason(), new TreeMap<>(refused.metadata()));
    }
  }

  private static String text(Message message) {
    return TextFormat.printer().emittingSingleLine(true).printToString(message);
  }

  /** Leaves out the time that a lease has left, which passes, and the wording of errors. */
  private static Message lasting(Message response) {
    if (response instanceof AcquireLeaseResponse acquired) {
      return acquired.toBuilder().clearLeftMillis().clearRenewAfterMillis().build();
    }
    if (response instanceof RenewLeaseResponse renewed) {
      return renewed.toBuilder().clearLeftMillis().clearRenewAfterMillis().build();
    }
    if (response instanceof SubmitBatchResponse batch) {
      SubmitBatchResponse.Builder lasting = batch.toBuilder();
      lasting.getOutcomesBuilderList().stream()
          .filter(CommandOutcome.Builder::hasError)
          .forEach(outcome -> outcome.getErrorBuilder().clearMessage().clearDetails());
      return lasting.build();
    }
    return response;
  }

  /** Reads the whole log, checks its hash chain, and says where it ends and what is in it. */
  private static String log(StateReads store) {
    RecordedLog log = RecordedLog.of(store);
    ReplicaContent content = ReplicaContent.of(store);
    assertThat(log.lastSequence()).isEqualTo(content.sequence());
    return "sequence %d, receipts %d, evicted through %d, chain %s, digest {%s}, events %s"
        .formatted(
            content.sequence(),
            content.receipts(),
            content.receiptsEvictedThrough(),
            content.chain(),
            lastDigest(log),
            kinds(log));
  }

  private static String lastDigest(RecordedLog log) {
    return events(log)
        .filter(Event::hasStateDigestRecorded)
        .reduce((earlier, later) -> later)
        .map(event -> text(event.getStateDigestRecorded()))
        .orElse("");
  }

  /** How many events of each kind the log has, by the kind's number in the log. */
  static Map<Integer, Long> kinds(RecordedLog log) {
    return events(log)
        .collect(
            Collectors.groupingBy(
                event -> event.getBodyCase().getNumber(), TreeMap::new, Collectors.counting()));
  }

  private static Stream<Event> events(RecordedLog log) {
    return log.batches().stream().flatMap(encoded -> parse(encoded).getEventsList().stream());
  }

  private static EventBatch parse(byte[] encoded) {
    try {
      return EventBatch.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Packs a directory whose node is stopped, without logs and libraries. */
  static void pack(Path directory, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(directory)) {
      packed.setLevel(9);
      for (Path file : files.filter(StoredDirectory::isData).sorted().toList()) {
        packed.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
  }

  private static boolean isData(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith("LOG")
        && !name.equals("LOCK")
        && !name.endsWith(".so");
  }

  static void unpack(InputStream zip, Path directory) throws IOException {
    try (ZipInputStream packed = new ZipInputStream(zip)) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Path file = directory.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(directory);
        Files.createDirectories(file.getParent());
        Files.copy(packed, file);
      }
    }
  }

  static void writeAnswers(Path file, Map<String, String> answers) throws IOException {
    List<String> lines = new ArrayList<>();
    answers.forEach((name, answer) -> lines.add(name + "\t" + answer));
    Files.write(file, lines);
  }

  static Map<String, String> readAnswers(InputStream file) {
    Map<String, String> answers = new LinkedHashMap<>();
    try {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> answers.put(line.split("\t", 2)[0], line.split("\t", 2)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }
}
