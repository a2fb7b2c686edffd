package dev.holdfast.common.access;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.limits.Given;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.AccessGrant;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.TestAccessResponse;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.cluster.v1.WhoAmIResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Tells callers who they are to this node, and admins who may do what. */
public final class AccessService extends AccessServiceGrpc.AccessServiceImplBase {
  private final Access access;
  private final String nodeId;

  public AccessService(Access access, String nodeId) {
    this.access = access;
    this.nodeId = nodeId;
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> observer) {
    Caller caller = Caller.current();
    observer.onNext(
        WhoAmIResponse.newBuilder()
            .setPrincipal(caller.principal().text())
            .addAllGrants(grants(caller))
            .setSecurityMode(access.isOpen() ? "off" : "tls")
            .setNodeId(nodeId)
            .build());
    observer.onCompleted();
  }

  private static List<AccessGrant> grants(Caller caller) {
    List<AccessGrant> told = new ArrayList<>();
    for (Rights rights : List.of(caller.granted(), caller.claims())) {
      for (Grant grant : rights.grants()) {
        told.add(
            AccessGrant.newBuilder()
                .setRole(grant.role().text())
                .addAllStores(grant.stores().patterns())
                .build());
      }
    }
    return told;
  }

  @Override
  public void testAccess(TestAccessRequest request, StreamObserver<TestAccessResponse> observer) {
    FieldRules rules = new FieldRules();
    Principal principal = principal(request.getPrincipal(), rules);
    rules.optionalId("store", request.getStore());
    List<MethodRule<?>> named =
        MethodRules.table().stream().filter(rule -> isNamed(rule, request.getMethod())).toList();
    if (named.size() > 1) {
      rules.violate(
          "method", "must name one of " + named.stream().map(MethodRule::method).toList());
    }
    if (!rules.isValid()) {
      observer.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    } else if (named.isEmpty()) {
      String what = "there is no method " + Given.name(request.getMethod());
      observer.onError(Statuses.exception(new Refusal(Reason.NOT_FOUND, what)));
    } else {
      observer.onNext(tested(access.callerOf(principal), named.get(0), request.getStore()));
      observer.onCompleted();
    }
  }

  private static Principal principal(String text, FieldRules rules) {
    return Principal.parse(text)
        .orElseGet(
            () -> {
              rules.violate(
                  "principal", "must be user/ID, service/ID, node/ID or <issuer>|<subject>");
              return Principal.ANONYMOUS;
            });
  }

  /** By its full name, or by the end of it that follows a dot or a slash. */
  private static boolean isNamed(MethodRule<?> rule, String name) {
    String full = rule.method();
    return full.equals(name)
        || (!name.isEmpty() && (full.endsWith('.' + name) || full.endsWith('/' + name)));
  }

  private static TestAccessResponse tested(Caller caller, MethodRule<?> rule, String store) {
    Refusal refusal = rule.refusalOf(caller, store);
    return TestAccessResponse.newBuilder()
        .setAllowed(refusal == null)
        .setRole(rule.role() == null ? "" : rule.role().text())
        .setRefusal(refusal == null ? "" : refusal.message())
        .addAllGrants(grants(caller))
        .setMethod(rule.method())
        .build();
  }
}
