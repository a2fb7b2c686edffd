package dev.holdfast.common.access;

import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.SecurityKeys;
import dev.holdfast.common.config.SecurityRelations;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Guards a node's gRPC server: who may call it, and what. Follows changes of the grants. While
 * security is off it guards nothing.
 */
public final class Access {
  private final @Nullable Guard guard;

  private Access(@Nullable Guard guard) {
    this.guard = guard;
  }

  private record Guard(
      AccessBook book,
      Authentication authentication,
      TokenReader tokens,
      RefusedCalls refused,
      OpenStreams streams) {

    /** Whatever keeps callers from being known or noted as they should. */
    List<String> problems() {
      return Stream.of(book.problem(), tokens.problem(), refused.watch().problem())
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /** Everybody may do everything. */
  public static Access open() {
    return new Access(null);
  }

  /**
   * What tells who a caller is.
   *
   * @param cluster id of the cluster, in the names of all certificates
   * @param revoked whether an authority took a certificate back
   */
  public record Proofs(String cluster, Predicate<X509Certificate> revoked, TokenReader tokens) {}

  /**
   * Callers must say who they are, and may do what they are granted.
   *
   * @param watch is told of refused and of notable calls
   */
  public static Access guarded(
      AccessBook book, Proofs proofs, AccessWatch watch, InstantSource clock) {
    Authentication authentication =
        new Authentication(proofs.cluster, book, proofs.revoked, proofs.tokens, clock);
    return new Access(
        new Guard(book, authentication, proofs.tokens, new RefusedCalls(watch), new OpenStreams()));
  }

  /**
   * The access to a node that is secured, or anybody's to one that is not. Follows changes from
   * then on.
   *
   * @param storeNodes ids of the store nodes, which are peers
   * @throws ConfigException when the file of grants is missing or wrong
   */
  public static Access of(
      SecurityKeys keys,
      NodeSecurity security,
      Collection<String> storeNodes,
      TokenReader tokens,
      AccessWatch watch) {
    TlsIdentity identity = security.identity();
    if (identity == null) {
      return open();
    }
    Path file = SecurityRelations.isSet(keys.access()) ? keys.access() : null;
    try {
      AccessBook book = AccessBook.open(file, Set.copyOf(storeNodes));
      Proofs proofs = new Proofs(security.cluster(), identity::isRevoked, tokens);
      Access access = guarded(book, proofs, watch, InstantSource.system());
      security.afterEachLook(access::refresh);
      security.handshakes().whenFailed(watch::handshakeFailed);
      identity.whenRead(
          (what, problem) -> watch.read(AccessWatch.Source.CERTIFICATES, what, problem));
      return access;
    } catch (AccessFileException e) {
      throw new ConfigException("holdfast.security.access: " + e.getMessage(), e);
    }
  }

  public boolean isOpen() {
    return guard == null;
  }

  /** Puts the guards before the services of a server, inside the interceptors that it has. */
  public GrpcServer.Builder guard(GrpcServer.Builder server) {
    if (guard == null) {
      return server.interceptor(new AnybodyInterceptor());
    }
    AuthenticationInterceptor authentication =
        new AuthenticationInterceptor(guard.authentication, guard.refused);
    return server
        .streams(new OpenRequests())
        .connections(authentication)
        .interceptor(authentication)
        .requests(new NotableCalls(guard.refused.watch()))
        .requests(new RightsInterceptor(guard.refused, guard.streams));
  }

  /** Follows changes: of the grants, and of what open streams stand on. Run by a timer. */
  public void refresh() {
    if (guard != null) {
      AccessBook book = guard.book;
      if (book.refresh()) {
        guard.refused.watch().read(AccessWatch.Source.GRANTS, book.toString(), book.problem());
      }
      guard.streams.check();
    }
  }

  /** Is told once who makes a request, or why that is not known. */
  public interface Entrance {
    void enter(Caller caller);

    void refuse(Refusal refusal);
  }

  /**
   * Finds out who makes a request that did not come by gRPC. Only of a guarded node.
   *
   * @param certificate that it was made with; null without one
   * @param authorization the header; null without one
   * @param from address without the port
   */
  public void identify(
      @Nullable X509Certificate certificate,
      @Nullable String authorization,
      String from,
      Entrance entrance) {
    Authentication authentication = Objects.requireNonNull(guard).authentication;
    if (authorization == null) {
      enter(authentication.of(certificate), entrance);
    } else {
      authentication.ofToken(authorization, from, identity -> enter(identity, entrance));
    }
  }

  private static void enter(Identity identity, Entrance entrance) {
    if (!(identity instanceof Identity.Known known)) {
      entrance.refuse(((Identity.Unknown) identity).refusal());
      return;
    }
    String lapse = known.caller().lapse();
    if (lapse == null) {
      entrance.enter(known.caller());
    } else {
      entrance.refuse(Identity.Unknown.because(lapse).refusal());
    }
  }

  /** Refuses a request that its caller may not make by gRPC either; null when it may. */
  public <Q> @Nullable Refusal refusal(Caller caller, MethodDescriptor<Q, ?> method, Q request) {
    return guard == null ? null : MethodRules.of(method).refusal(caller, request);
  }

  /** Tells of a request that did not come by gRPC, and was refused for who made it. */
  public void refused(RefusedCall call) {
    if (guard != null) {
      guard.refused.watch().refused(call);
    }
  }

  /** What is said of the connections, and what else is not as it should be. */
  public String status(String connections) {
    List<String> problems = guard == null ? List.of() : guard.problems();
    return Stream.concat(Stream.of(connections), problems.stream())
        .collect(Collectors.joining("; "));
  }

  /** What a principal may do as far as this node knows it without a call. */
  public Caller callerOf(Principal principal) {
    return guard == null ? Caller.ANYBODY : guard.authentication.callerOf(principal);
  }
}
