package dev.holdfast.common.tls;

import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/**
 * Keeps callers from resuming sessions: one that did would not show its certificate again, which
 * may have been revoked meanwhile. The native library hands out tickets for sessions of TLS 1.3
 * whatever it is told, so the keys of tickets are changed often.
 */
final class ResumedSessions {
  /** For a TLS that forgets by time: the shortest that there is. */
  private static final int SECONDS_MAX = 1;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<OpenSslSessionContext> sessions = new CopyOnWriteArrayList<>();

  SslContext context(SslContextBuilder builder) throws SSLException {
    SslContext context = builder.sessionTimeout(SECONDS_MAX).build();
    if (context.sessionContext() instanceof OpenSslSessionContext opened) {
      opened.setSessionCacheEnabled(false);
      if (context.isServer()) {
        opened.setTicketKeys(newKey());
        sessions.add(opened);
      }
    }
    return context;
  }

  void limit(SSLSessionContext javaSessions) {
    javaSessions.setSessionTimeout(SECONDS_MAX);
  }

  /** Sessions of before can be resumed no more. */
  void forget() {
    sessions.forEach(each -> each.setTicketKeys(newKey()));
  }

  private static OpenSslSessionTicketKey newKey() {
    return new OpenSslSessionTicketKey(
        random(OpenSslSessionTicketKey.NAME_SIZE),
        random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
        random(OpenSslSessionTicketKey.AES_KEY_SIZE));
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }
}
