package dev.holdfast.aggregator.attempts;

import com.google.protobuf.Message;
import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.common.access.MethodRule;
import dev.holdfast.common.access.MethodRules;
import dev.holdfast.common.access.Role;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Attempts at stores of others, and at what only admins may do. */
final class Rights extends Rows {
  Rights(SecuredSite site) {
    super(site);
  }

  @Override
  List<Attempt> all() {
    return Stream.of(foreign(), filters(), admins(), readersWhoChange())
        .flatMap(List::stream)
        .toList();
  }

  /** Who asks them for another store names one; the others are asked for what one may see. */
  private static final Map<String, String> WITHOUT_A_STORE =
      Map.of(
          "ListStores", "OK",
          "GetGlobalStock", "NOT_FOUND",
          "BatchGetGlobalStock", "OK",
          "GetPositions", "OK",
          "GetNodeStatus", "OK",
          "GetTopology", "OK",
          "WhoAmI", "OK");

  private static final Set<String> OF_ALL_STORES =
      Set.of("FeedService", "ExportService", "SyncService", "DeadLetterService");

  /** Every method of the table, by an operator of berlin who asks for paris. */
  private List<Attempt> foreign() {
    Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();
    Map<String, Port> ports = new HashMap<>();
    served(Port.AGGREGATOR, aggregatorServices(), methods, ports);
    served(Port.NODE, nodeServices(), methods, ports);
    List<Attempt> rows = new ArrayList<>();
    for (MethodRule<?> rule : MethodRules.table()) {
      if (!rule.isOpen() && !rule.method().startsWith("grpc.reflection.")) {
        rows.add(
            foreign(
                rule,
                Objects.requireNonNull(ports.get(rule.method()), rule.method()),
                Objects.requireNonNull(methods.get(rule.method()), rule.method())));
      }
    }
    return rows;
  }

  private static void served(
      Port port,
      List<ServiceDescriptor> services,
      Map<String, MethodDescriptor<?, ?>> methods,
      Map<String, Port> ports) {
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        methods.put(method.getFullMethodName(), method);
        ports.put(method.getFullMethodName(), port);
      }
    }
  }

  private static List<ServiceDescriptor> nodeServices() {
    return List.of(
        InventoryServiceGrpc.getServiceDescriptor(),
        TermsServiceGrpc.getServiceDescriptor(),
        LeaseServiceGrpc.getServiceDescriptor(),
        OrderServiceGrpc.getServiceDescriptor(),
        TransferServiceGrpc.getServiceDescriptor(),
        HandoverServiceGrpc.getServiceDescriptor(),
        MembershipServiceGrpc.getServiceDescriptor(),
        FeedServiceGrpc.getServiceDescriptor(),
        ExportServiceGrpc.getServiceDescriptor(),
        WatchServiceGrpc.getServiceDescriptor(),
        ClusterServiceGrpc.getServiceDescriptor(),
        AccessServiceGrpc.getServiceDescriptor());
  }

  private static List<ServiceDescriptor> aggregatorServices() {
    return List.of(
        GlobalStockServiceGrpc.getServiceDescriptor(),
        HistoryServiceGrpc.getServiceDescriptor(),
        SyncServiceGrpc.getServiceDescriptor(),
        DeadLetterServiceGrpc.getServiceDescriptor());
  }

  @SuppressWarnings("unchecked") // all requests and answers are messages
  private Attempt foreign(MethodRule<?> rule, Port port, MethodDescriptor<?, ?> method) {
    String name = rule.method().substring(rule.method().indexOf('/') + 1);
    String allowed = WITHOUT_A_STORE.get(name);
    Message request =
        allowed == null ? ForeignRequests.naming("paris", method) : ForeignRequests.asking(method);
    String ending = allowed == null ? denied(rule) : allowed;
    return attempt(
        "another's store by " + name,
        port,
        ending,
        () -> {
          String found =
              call(
                  port,
                  "oscar",
                  Map.of(),
                  channel ->
                      ForeignRequests.first(
                          channel, (MethodDescriptor<Message, Message>) method, request));
          return found.startsWith("OK ") && !found.contains("paris") ? "OK" : found;
        });
  }

  /** Names the store, unless the method is one of all stores, or of nodes among themselves. */
  private static String denied(MethodRule<?> rule) {
    Role role = Objects.requireNonNull(rule.role());
    String service = rule.method().replaceFirst(".*[.](.*)/.*", "$1");
    boolean named =
        role == Role.OPERATOR || (role == Role.VIEWER && !OF_ALL_STORES.contains(service));
    return "PERMISSION_DENIED " + role.text() + (named ? " paris" : "");
  }

  /** Lists of everything show what one may see; no page token leads elsewhere. */
  private List<Attempt> filters() {
    String token = "cGFyaXMAbXVn"; // paris, a zero byte, mug
    ListStockRequest page = ListStockRequest.newBuilder().setPageToken(token).build();
    return List.of(
        filtered(
            "all stock",
            InventoryServiceGrpc.getListStockMethod(),
            ListStockRequest.getDefaultInstance()),
        filtered("stock from another's place on", InventoryServiceGrpc.getListStockMethod(), page),
        filtered(
            "all transfers",
            TransferServiceGrpc.getListTransfersMethod(),
            ListTransfersRequest.getDefaultInstance()),
        filtered(
            "all global stock",
            GlobalStockServiceGrpc.getListGlobalStockMethod(),
            ListGlobalStockRequest.newBuilder().setIncludeStores(true).build()),
        filtered(
            "an order of another store",
            HistoryServiceGrpc.getFindHistoryMethod(),
            FindHistoryRequest.newBuilder().setReference("order-1").build()),
        filtered(
            "watching all", WatchServiceGrpc.getWatchMethod(), WatchRequest.getDefaultInstance()),
        filtered(
            "stock of several stores",
            InventoryServiceGrpc.getBatchGetStockMethod(),
            BatchGetStockRequest.newBuilder()
                .addItems(ItemKey.newBuilder().setStore("berlin").setSku("mug"))
                .addItems(ItemKey.newBuilder().setStore("paris").setSku("mug"))
                .build()));
  }

  /** Not a word of what paris has: more than 100 mugs, and cups. */
  @SuppressWarnings("unchecked") // all requests and answers are messages
  private Attempt filtered(String what, MethodDescriptor<?, ?> method, Message request) {
    Port port =
        aggregatorServices().stream().anyMatch(each -> each.getMethods().contains(method))
            ? Port.AGGREGATOR
            : Port.NODE;
    return attempt(
        what + " by a viewer of berlin",
        port,
        "OK",
        () -> {
          String found =
              call(
                  port,
                  "bea",
                  Map.of(),
                  channel ->
                      ForeignRequests.first(
                          channel, (MethodDescriptor<Message, Message>) method, request));
          String shown = found.replaceAll("denied \\{[^}]*}", ""); // what was asked for
          return found.startsWith("OK ") && !shown.matches(".*(paris|cup|10[0-9]).*")
              ? "OK"
              : found;
        });
  }

  private List<Attempt> admins() {
    return List.of(
        denied(
            "rebuild",
            "vera",
            channel ->
                SyncServiceGrpc.newBlockingStub(channel)
                    .rebuild(RebuildRequest.getDefaultInstance())),
        denied(
            "stop the sync",
            "vera",
            channel ->
                SyncServiceGrpc.newBlockingStub(channel)
                    .stopSync(StopSyncRequest.getDefaultInstance())),
        denied(
            "repair",
            "vera",
            channel ->
                SyncServiceGrpc.newBlockingStub(channel)
                    .verify(VerifyRequest.newBuilder().setRepair(true).build())
                    .next()),
        denied(
            "discard a dead letter",
            "vera",
            channel ->
                DeadLetterServiceGrpc.newBlockingStub(channel)
                    .discardDeadLetter(DiscardDeadLetterRequest.getDefaultInstance())),
        denied(
            "stop the sync",
            "aggregator",
            channel ->
                SyncServiceGrpc.newBlockingStub(channel)
                    .stopSync(StopSyncRequest.getDefaultInstance())),
        denied(
            "ask for the rights of others",
            "vera",
            channel ->
                AccessServiceGrpc.newBlockingStub(channel)
                    .testAccess(
                        TestAccessRequest.newBuilder()
                            .setPrincipal("user/root")
                            .setMethod("Rebuild")
                            .build())));
  }

  private List<Attempt> readersWhoChange() {
    return List.of(
        attempt(
            "selling with a viewer's certificate",
            Port.NODE,
            "PERMISSION_DENIED operator",
            () -> call(Port.NODE, "vera", Map.of(), channel -> change(channel, "paris"))),
        attempt(
            "selling with an aggregator's certificate",
            Port.NODE,
            "PERMISSION_DENIED operator",
            () -> call(Port.NODE, "aggregator", Map.of(), channel -> change(channel, "paris"))),
        attempt(
            "following the log with a certificate of some stores",
            Port.NODE,
            "PERMISSION_DENIED viewer",
            () ->
                call(
                    Port.NODE,
                    "bea",
                    Map.of(),
                    channel ->
                        FeedServiceGrpc.newBlockingStub(channel)
                            .subscribe(SubscribeRequest.getDefaultInstance())
                            .next())),
        attempt(
            "a batch with another's store behind one's own",
            Port.NODE,
            "PERMISSION_DENIED operator paris",
            () ->
                call(
                    Port.NODE,
                    "oscar",
                    Map.of(),
                    channel ->
                        InventoryServiceGrpc.newBlockingStub(channel)
                            .submitBatch(
                                SubmitBatchRequest.newBuilder()
                                    .addCommands(
                                        Command.newBuilder().setAdjustStock(sale("berlin")))
                                    .addCommands(Command.newBuilder().setAdjustStock(sale("paris")))
                                    .build()))));
  }

  private Attempt denied(String what, String who, Function<Channel, ?> call) {
    return attempt(
        "%s, by %s".formatted(what, who),
        Port.AGGREGATOR,
        "PERMISSION_DENIED admin",
        () -> call(Port.AGGREGATOR, who, Map.of(), call));
  }
}
