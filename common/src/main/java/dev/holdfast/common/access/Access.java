package dev.holdfast.common.access;

import dev.holdfast.common.server.GrpcServer;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may call this node, and what: guards its gRPC server, and follows changes of the grants. While
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
      RefusedCalls refused,
      OpenStreams streams) {}

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
   * @param refusals is told of refused calls
   */
  public static Access guarded(
      AccessBook book, Proofs proofs, RefusalWatch refusals, InstantSource clock) {
    Authentication authentication =
        new Authentication(proofs.cluster, book, proofs.revoked, proofs.tokens, clock);
    return new Access(
        new Guard(book, authentication, new RefusedCalls(refusals), new OpenStreams()));
  }

  public boolean isOpen() {
    return guard == null;
  }

  /** Puts the guards before the services of a server, inside the interceptors that it has. */
  public GrpcServer.Builder guard(GrpcServer.Builder server) {
    if (guard == null) {
      return server;
    }
    AuthenticationInterceptor authentication =
        new AuthenticationInterceptor(guard.authentication, guard.refused);
    return server
        .connections(authentication)
        .interceptor(authentication)
        .requests(new NotableCalls(guard.refused.watch()))
        .requests(new RightsInterceptor(guard.refused, guard.streams));
  }

  /** Follows changes: of the grants, and of what open streams stand on. Run by a timer. */
  public void refresh() {
    if (guard != null) {
      guard.book.refresh();
      guard.streams.check();
    }
  }

  /** Why the grants are not in force as they stand in the file now; null while they are. */
  public @Nullable String problem() {
    return guard == null ? null : guard.book.problem();
  }

  /** What a principal may do as far as this node knows it without a call. */
  Caller callerOf(Principal principal) {
    return guard == null ? Caller.ANYBODY : guard.authentication.callerOf(principal);
  }
}
