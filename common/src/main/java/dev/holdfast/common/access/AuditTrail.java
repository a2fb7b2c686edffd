package dev.holdfast.common.access;

import dev.holdfast.common.audit.AuditEvent;
import dev.holdfast.common.audit.AuditKind;
import dev.holdfast.common.audit.AuditOutcome;
import dev.holdfast.common.audit.AuditStream;
import dev.holdfast.common.status.Reason;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes refused and notable calls to the audit stream. */
public final class AuditTrail implements RefusalWatch {
  private final AuditStream stream;

  public AuditTrail(AuditStream stream) {
    this.stream = stream;
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

  /** Tells that the issuer of tokens published other keys. */
  public void tokenKeysChanged(String source, String ids) {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("source", source);
    detail.put("keys", ids);
    stream.record(AuditEvent.ofNode(AuditKind.TOKEN_KEYS_CHANGED, AuditOutcome.DONE, detail));
  }
}
