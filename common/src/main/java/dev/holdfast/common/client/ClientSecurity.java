package dev.holdfast.common.client;

import dev.holdfast.common.tls.CallerIdentity;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Certificate and token by which a client and its nodes know each other.
 *
 * @param tls the client's certificate, if it has one, and the authorities that it believes; null
 *     for calls in the clear
 * @param token gives the bearer token of each call; null for none
 */
public record ClientSecurity(@Nullable CallerIdentity tls, @Nullable Supplier<String> token) {
  /** Of nodes with {@code security.mode=off}. */
  public static final ClientSecurity OFF = new ClientSecurity(null, null);
}
