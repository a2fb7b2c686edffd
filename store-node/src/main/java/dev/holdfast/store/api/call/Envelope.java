package dev.holdfast.store.api.call;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.limits.FieldRules;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields that requests for mutations share: the idempotency key, the reference and the fencing
 * tokens. They are found by name, so that no kind of request lists them again.
 *
 * @param reference null for requests that have none
 * @param tokens null for requests that take none
 */
public record Envelope(
    FieldDescriptor key, @Nullable FieldDescriptor reference, @Nullable FieldDescriptor tokens) {
  public static Envelope of(Descriptor request) {
    return new Envelope(
        Objects.requireNonNull(request.findFieldByName("idempotency_key")),
        request.findFieldByName("reference"),
        request.findFieldByName("fencing_tokens"));
  }

  /** Puts a mapped command together with the envelope that its request came in. */
  CommandRequest open(Message request, Command.Mutation command, Origin origin, FieldRules rules) {
    String givenKey = (String) request.getField(key);
    String givenReference = reference == null ? "" : (String) request.getField(reference);
    List<Long> givenTokens = tokens == null ? List.of() : numbers(request, tokens);
    rules.idempotencyKey("idempotency_key", givenKey);
    rules.reference("reference", givenReference);
    rules.fencingTokens("fencing_tokens", givenTokens);
    long fingerprint = givenKey.isEmpty() ? 0 : Fingerprint.of(command.kind(), payload(request));
    return new CommandRequest(command, origin, givenReference, givenKey, fingerprint, givenTokens);
  }

  @SuppressWarnings("unchecked") // the field is a repeated uint64
  private static List<Long> numbers(Message request, FieldDescriptor field) {
    return (List<Long>) request.getField(field);
  }

  /** The tokens are no part of the payload that a key stands for; see CommandRequest. */
  private Message payload(Message request) {
    Message.Builder payload = request.toBuilder().clearField(key);
    return (tokens == null ? payload : payload.clearField(tokens)).build();
  }
}
