package dev.holdfast.common.access;

import dev.holdfast.common.audit.AuditEvent;
import dev.holdfast.common.audit.AuditKind;
import dev.holdfast.common.audit.AuditOutcome;
import dev.holdfast.common.audit.AuditStream;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.config.SecurityMode;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.status.Reason;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what an audit asks about to the audit stream of a node. */
public final class AuditTrail implements AccessWatch {
  private final AuditStream stream;

  AuditTrail(AuditStream stream) {
    this.stream = stream;
  }

  /**
   * Continues the audit stream of a node, in its data directory or elsewhere. While security is
   * off, nobody is known, and there is none.
   *
   * @throws ConfigException if it cannot be written
   */
  public static AccessWatch start(
      SecurityMode mode, AuditKeys keys, NodeKeys node, MeterRegistry meters) {
    return mode == SecurityMode.OFF
        ? AccessWatch.NONE
        : new AuditTrail(
            AuditStream.start(keys, node.dataDir(), node.id(), meters, InstantSource.system()));
  }

  @Override
  public void refused(RefusedCall call) {
    boolean isDenied = call.refusal().reason() == Reason.PERMISSION_DENIED;
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("method", call.method());
    detail.put("reason", call.refusal().message());
    stream.record(
        new AuditEvent(
            isDenied ? AuditKind.DENIED : AuditKind.UNAUTHENTICATED,
            AuditOutcome.REFUSED,
            call.principal() == null ? "" : call.principal().text(),
            call.address(),
            call.requestId(),
            detail));
  }

  @Override
  public void handshakeFailed(Handshakes.Failed handshake) {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("port", handshake.port().word());
    detail.put("reason", handshake.fault().word());
    stream.record(
        new AuditEvent(
            AuditKind.HANDSHAKE, AuditOutcome.REFUSED, "", handshake.address(), "", detail));
  }

  @Override
  public void made(NotableCall call) {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("method", call.method());
    detail.put("request", call.request());
    if (call.code() != Status.Code.OK) {
      detail.put("code", call.code().name());
    }
    stream.record(
        new AuditEvent(
            call.isExport() ? AuditKind.EXPORT : AuditKind.ADMIN,
            call.code() == Status.Code.OK ? AuditOutcome.DONE : AuditOutcome.FAILED,
            call.principal().text(),
            call.address(),
            call.requestId(),
            detail));
  }

  @Override
  public void read(Source source, String what, @Nullable String problem) {
    AuditKind kind =
        switch (source) {
          case GRANTS -> AuditKind.ACCESS_CHANGED;
          case CERTIFICATES -> AuditKind.CERTIFICATES_CHANGED;
          case TOKEN_KEYS -> AuditKind.TOKEN_KEYS_CHANGED;
        };
    AuditOutcome outcome = problem == null ? AuditOutcome.DONE : AuditOutcome.FAILED;
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("read", what);
    if (problem != null) {
      detail.put("problem", problem);
    }
    stream.record(AuditEvent.ofNode(kind, outcome, detail));
  }

  @Override
  public @Nullable String problem() {
    return stream.problem();
  }

  @Override
  public void close() {
    stream.close();
  }
}
