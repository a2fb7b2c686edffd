// Over 250 lines: the one place where an aggregator is wired
package dev.holdfast.aggregator;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.holdfast.aggregator.api.DeadLetterService;
import dev.holdfast.aggregator.api.GlobalStockService;
import dev.holdfast.aggregator.api.HistoryService;
import dev.holdfast.aggregator.api.SyncService;
import dev.holdfast.aggregator.api.http.HttpApi;
import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.aggregator.deadletter.DeadLetterMetrics;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterBounds;
import dev.holdfast.aggregator.deadletter.OperatorQueue;
import dev.holdfast.aggregator.deadletter.RetryPace;
import dev.holdfast.aggregator.export.ExportClient;
import dev.holdfast.aggregator.export.HeadWatch;
import dev.holdfast.aggregator.export.Heads;
import dev.holdfast.aggregator.history.HistoryBounds;
import dev.holdfast.aggregator.history.HistorySweeper;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.aggregator.ingest.IngestMetrics;
import dev.holdfast.aggregator.ingest.PartWriter;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.proof.ProofMetrics;
import dev.holdfast.aggregator.proof.Prover;
import dev.holdfast.aggregator.proof.SyncSwitch;
import dev.holdfast.aggregator.proof.ViewAndStores;
import dev.holdfast.aggregator.source.ClusterSearch;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.aggregator.source.ReplicaChannels;
import dev.holdfast.aggregator.storage.DataDirectoryException;
import dev.holdfast.aggregator.storage.ViewDirectory;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessService;
import dev.holdfast.common.access.AccessWatch;
import dev.holdfast.common.access.AuditTrail;
import dev.holdfast.common.access.TokenReader;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.crypt.KeyWatch;
import dev.holdfast.common.disk.NativeLibraries;
import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.common.server.StartedParts;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tokens.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of an aggregator: makes every part, wires it, and takes it down again. The
 * stored view is served at once; it is followed up as soon as the cluster answers.
 */
public final class AggregatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AggregatorServer.class);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final int READ_THREADS = 2;
  private static final int READS_WAITING_MAX = 1_000;

  private final AggregatorNodeConfig config;
  private final StartedParts started;
  private final Ticker ticker = Ticker.systemTicker();
  private final ViewProgress progress = new ViewProgress();
  private final ExecutorService reads = readThreads();
  private final Function<ViewRecords, Projection> projections;
  private final Telemetry telemetry;
  private final NodeSecurity security;
  private final Access access;
  private final ViewStore store;
  private final OperatorQueue requests = new OperatorQueue();
  private final DeadLetters letters;
  private final SyncService sync;
  private final HistoryService history;
  private final GrpcServer grpc;
  private final HttpApi http;
  private final AggregatorHealth health;
  private final CompletableFuture<Void> following;

  private AggregatorServer(
      AggregatorNodeConfig config,
      Function<ViewRecords, Projection> projections,
      StartedParts started)
      throws DataDirectoryException {
    this.config = config;
    this.projections = projections;
    this.started = started;
    this.telemetry = started.add(Telemetry.of(config.node().id()));
    loadLibraries(config.node()); // before TLS, which would unpack its own elsewhere
    this.security =
        started.add(NodeSecurity.open(config.security(), config.node().id(), telemetry.meters()));
    this.store = started.add(openStore());
    this.access = access();
    store.keepHistory(config.history().enabled());
    this.letters =
        new DeadLetters(
            store.letters(),
            requests,
            RetryPace.standard(),
            new DeadLetterMetrics(telemetry.meters()),
            new LetterBounds(config.deadLetters().max(), config.deadLetters().discardedMax()));
    progress.open(store.cursors(store.partitionCount()));
    this.sync = new SyncService(progress, store.violations(), letters::count, ticker, reads);
    started.add(this::endReads);
    this.history =
        new HistoryService(
            store, progress, ticker, reads, config.history().enabled(), InstantSource.system());
    GlobalStockService stock = new GlobalStockService(store, progress, ticker, reads);
    this.grpc = started.add(startGrpc(stock));
    this.health =
        new AggregatorHealth(
            grpc.health(), progress, store::isDiskFull, () -> access.status(security.status()));
    progress.listen(health);
    store.whenRoomChanges(health::healthChanged);
    this.http =
        started.add(
            new HttpApi(
                new HttpBinding(config.http(), security, access),
                telemetry,
                health::report,
                stock,
                history,
                sync));
    this.following = search();
  }

  /** Starts the node; what was started is taken down again when something fails. */
  public static AggregatorServer start(AggregatorNodeConfig config) {
    return start(config, Projection::new);
  }

  /** With projections that may err, for tests. */
  static AggregatorServer start(
      AggregatorNodeConfig config, Function<ViewRecords, Projection> projections) {
    StartedParts started = new StartedParts();
    try {
      return new AggregatorServer(config, projections, started);
    } catch (DataDirectoryException e) {
      started.close();
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** Behind the data directory, which the audit stream lies in. */
  private Access access() {
    AccessWatch watch =
        started.add(
            AuditTrail.start(
                config.security().mode(), config.audit(), config.node(), telemetry.meters()));
    TokenReader tokens =
        started.add(Tokens.start(config.security().tokens(), telemetry.meters(), watch));
    return Access.of(config.security(), security, config.cluster().nodes().ids(), tokens, watch);
  }

  private static void loadLibraries(NodeKeys node) throws DataDirectoryException {
    ViewDirectory.claim(node.dataDir());
    NativeLibraries.load(node.dataDir().resolve(node.nativeDir()));
  }

  private ViewStore openStore() throws DataDirectoryException {
    NodeKeys node = config.node();
    try {
      Encryption encryption = Encryption.of(config.encryption());
      started.add(KeyWatch.start(encryption));
      return ViewStore.open(node.dataDir(), config.cluster().id(), node.id(), encryption);
    } catch (KeyException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private GrpcServer startGrpc(GlobalStockService stock) {
    GrpcServer.Builder server =
        GrpcServer.builder(config.grpc().host(), config.grpc().port(), "holdfast.grpc.port")
            .secured(security)
            .measured(telemetry.meters());
    return access
        .guard(server)
        .service(stock)
        .service(sync)
        .service(history)
        .service(new DeadLetterService(store.letters(), requests, reads))
        .service(new AccessService(access, config.node().id()))
        .start();
  }

  private static ExecutorService readThreads() {
    return new ThreadPoolExecutor(
        READ_THREADS,
        READ_THREADS,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(READS_WAITING_MAX),
        new ThreadFactoryBuilder().setNameFormat("view-reader-%d").build());
  }

  /** Reads that run are ended, and those that wait are answered that the aggregator stops. */
  private void endReads() throws InterruptedException {
    store.endReads();
    reads.shutdown();
    if (!reads.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("reads did not end within " + DRAIN);
    }
  }

  private CompletableFuture<Void> search() {
    ReplicaChannels channels =
        started.add(new ReplicaChannels(config.cluster().nodes().nodes(), security));
    ClusterSearch search =
        started.add(new ClusterSearch(config.cluster().id(), channels.replicas()));
    return search.start().thenAccept(partitions -> follow(partitions, channels));
  }

  private void follow(PartitionMap partitions, ReplicaChannels channels) {
    int count = partitions.partitionCount();
    bind(count);
    IngestMetrics metrics = new IngestMetrics(telemetry.meters(), Clock.systemUTC(), ticker);
    metrics.watch(progress);
    Inbox inbox = FeedTails.inbox(count);
    ViewWriter writer = new ViewWriter(inbox, store, progress, metrics, letters, projections);
    FeedTails tails =
        new FeedTails(channels.replicas(), progress, inbox, ticker, telemetry.meters());
    Heads heads = new Heads(channels.replicas());
    HeadWatch watch = new HeadWatch(heads, progress, ticker);
    Prover prover = prover(partitions, channels, tails, writer);
    progress.listen(prover);
    writer.start();
    tails.start(store.syncFlag().isStopped());
    prover.resume();
    watch.start();
    started.add(() -> stop(watch, prover, tails, writer));
    SyncSwitch syncSwitch = new SyncSwitch(store.syncFlag(), tails, prover);
    sync.open(new SyncService.Cluster(tails, heads, prover, syncSwitch));
    history.open(partitions);
    started.add(sweeper(partitions).start());
    health.watch(tails, writer, prover);
    LOG.info("{} follows {} partitions", config.node().id(), count);
  }

  private void bind(int partitions) {
    try {
      store.bindPartitions(partitions);
    } catch (DataDirectoryException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
    if (progress.partitionCount() == 0) {
      progress.open(store.cursors(partitions));
    }
  }

  private Prover prover(
      PartitionMap partitions, ReplicaChannels channels, FeedTails tails, ViewWriter writer) {
    var sides =
        new ViewAndStores(
            partitions,
            new ExportClient(channels.replicas()),
            tails,
            store,
            progress,
            writer,
            new PartWriter(writer, progress, store.parts(), letters));
    var metrics = new ProofMetrics(telemetry.meters(), store.violations());
    return new Prover(sides, store.syncFlag(), metrics, ticker);
  }

  /** Repairs stop first, then the tails, then the writer that they feed. */
  private static void stop(HeadWatch watch, Prover prover, FeedTails tails, ViewWriter writer) {
    watch.close();
    prover.close();
    tails.stop();
    writer.stop();
  }

  private HistorySweeper sweeper(PartitionMap partitions) {
    return new HistorySweeper(
        store.movements(),
        new HistoryBounds(config.history().retention(), config.history().bytesMax().bytes()),
        partition -> progress.of(partition).cursor().timeMillis(),
        partitions::partitionOf,
        InstantSource.system());
  }

  /** Waits for what makes it impossible to go on, as long as there is no such thing. */
  void awaitFailure() throws InterruptedException {
    try {
      following.get();
      new CompletableFuture<Void>().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(String.valueOf(cause.getMessage()), e);
    }
  }

  /** The full names of the methods that this node serves by gRPC. */
  List<String> methods() {
    return grpc.methods();
  }

  public int grpcPort() {
    return grpc.port();
  }

  public int httpPort() {
    return http.port();
  }

  @Override
  public void close() {
    stop();
  }

  /** Calls drained, tails ended, everything written and closed; tells whether all went well. */
  public boolean stop() {
    boolean drained = drain();
    boolean clean = started.close();
    LOG.info("stopped {}", drained && clean ? "cleanly" : "with calls cut off");
    return drained && clean;
  }

  private boolean drain() {
    try {
      return grpc.shutdown(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
