package dev.holdfast.common.access;

import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.access.TokenReader.Verdict;
import dev.holdfast.common.certs.CertificateAuthority;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc.WatchServiceImplBase;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A guarded server with handlers that tell who called them, and callers of it. */
final class GuardedServer implements AutoCloseable {
  static final MethodDescriptor<WatchRequest, WatchMessage> WITHOUT_ROW =
      MethodDescriptor.<WatchRequest, WatchMessage>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test.Unlisted/Do")
          .setRequestMarshaller(ProtoUtils.marshaller(WatchRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(WatchMessage.getDefaultInstance()))
          .build();

  private static final CertificateAuthority AUTHORITY =
      CertificateAuthority.create("prod", Duration.ofDays(1));

  final Path file;
  final Access access;
  final List<RefusedCall> refused = new CopyOnWriteArrayList<>();
  final List<String> handled = new CopyOnWriteArrayList<>();
  final List<ServerCallStreamObserver<WatchMessage>> watchers = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> watchEnded = new CompletableFuture<>();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  final Set<X509Certificate> revoked = ConcurrentHashMap.newKeySet();

  /** What tokens say, and the readings that wait for it. */
  final Map<String, Verdict> tokens = new ConcurrentHashMap<>();

  final Map<String, Consumer<Verdict>> waiting = new ConcurrentHashMap<>();

  private final ShownCertificates shown = new ShownCertificates();
  private final GrpcServer server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  GuardedServer(Path directory, String grants) throws IOException, AccessFileException {
    file = directory.resolve("access.yaml");
    Files.writeString(file, grants);
    AccessBook book = AccessBook.open(file, Set.of("node-a", "node-b"));
    access =
        Access.guarded(
            book, new Access.Proofs("prod", revoked::contains, this::read), refused::add, now::get);
    server =
        access
            .guard(
                GrpcServer.builder("127.0.0.1", 0, "test")
                    .connections(shown)
                    .measured(new SimpleMeterRegistry()))
            .service(new Stock())
            .service(new Watch())
            .service(new AccessService(access, "node-a"))
            .service(this::unlisted)
            .start();
  }

  private void read(String token, String from, Consumer<Verdict> told) {
    Verdict known = tokens.get(token);
    if (known == null) {
      waiting.put(token, told);
    } else {
      told.accept(known);
    }
  }

  /** A method that the table does not have. */
  private ServerServiceDefinition unlisted() {
    return ServerServiceDefinition.builder("test.Unlisted")
        .addMethod(
            WITHOUT_ROW,
            ServerCalls.asyncUnaryCall(
                (WatchRequest request, StreamObserver<WatchMessage> caller) -> {
                  handled.add("unlisted");
                  caller.onNext(WatchMessage.getDefaultInstance());
                  caller.onCompleted();
                }))
        .build();
  }

  /** The certificate of a name in this cluster. */
  static X509Certificate certificate(String name) {
    return certificateOf("spiffe://prod/" + name);
  }

  static X509Certificate certificateOf(String uri) {
    CertificateName name = CertificateName.parse(uri).orElseThrow();
    String pem =
        AUTHORITY
            .issue(CertificateAuthority.Request.lasting(Duration.ofHours(1), name, List.of()))
            .certificate();
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority's own certificate, which has no name of ours. */
  static X509Certificate nameless() {
    return AUTHORITY.certificate();
  }

  /** A connection with a certificate, or without any. */
  Channel connect(@Nullable X509Certificate certificate) {
    shown.show(certificate);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .directExecutor()
            .build();
    channels.add(channel);
    try {
      ClientCalls.blockingUnaryCall(
          channel,
          io.grpc.health.v1.HealthGrpc.getCheckMethod(),
          CallOptions.DEFAULT,
          io.grpc.health.v1.HealthCheckRequest.getDefaultInstance());
    } finally {
      shown.show(null);
    }
    return channel;
  }

  int port() {
    return server.port();
  }

  Channel as(String name) {
    return connect(certificate(name));
  }

  /** The same connection with headers, given as names and values. */
  static Channel with(Channel channel, String... headers) {
    Metadata metadata = new Metadata();
    for (int i = 0; i < headers.length; i += 2) {
      metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }

  private final class Stock extends InventoryServiceImplBase {
    @Override
    public void adjustStock(
        AdjustStockRequest request, StreamObserver<AdjustStockResponse> caller) {
      handled.add(Caller.current() + " " + request.getStore());
      if (request.getSku().isEmpty()) {
        caller.onError(
            Statuses.exception(
                Statuses.invalid(List.of(new FieldViolation("sku", "must not be empty")))));
        return;
      }
      caller.onNext(AdjustStockResponse.getDefaultInstance());
      caller.onCompleted();
    }
  }

  private final class Watch extends WatchServiceImplBase {
    @Override
    public void watch(WatchRequest request, StreamObserver<WatchMessage> caller) {
      var reader = (ServerCallStreamObserver<WatchMessage>) caller;
      reader.setOnCloseHandler(() -> watchEnded.complete("closed"));
      reader.setOnCancelHandler(() -> watchEnded.complete("cancelled"));
      watchers.add(reader);
    }
  }
}
