package dev.holdfast.common.http;

import dev.holdfast.common.net.HandshakeFault;
import dev.holdfast.common.net.Handshakes;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Tells of TLS handshakes with callers of HTTP that failed. */
record FailedHandshakes(Handshakes handshakes) implements SslHandshakeListener {
  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    handshakes.failed(
        Handshakes.Port.HTTP,
        String.valueOf(event.getSSLEngine().getPeerHost()),
        HandshakeFault.of(failure));
  }
}
