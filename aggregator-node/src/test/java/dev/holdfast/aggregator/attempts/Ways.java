package dev.holdfast.aggregator.attempts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.tls.PemFiles;
import dev.holdfast.common.tls.TlsFiles;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Ways to attempt something at a site; each tells in a few words how it ended. */
final class Ways {
  static final String CLOSED = "closed";
  private static final int PATIENCE_MILLIS = 12_000;
  private static final int MESSAGE_BYTES_MAX = 64 << 20;
  private static final int ALERT = 0x15;
  private static final String HEALTH = "GET /api/health HTTP/1.1";

  private final SecuredSite site;

  Ways(SecuredSite site) {
    this.site = site;
  }

  /**
   * Makes a call.
   *
   * @param who shows a certificate; empty for none
   * @return a code with the role and the store that a refusal names; OK with the answer in one line
   */
  String call(Port port, String who, Map<String, String> headers, Function<Channel, ?> call)
      throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", site.port(port), site.caller(who).credentials())
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
    try {
      return "OK " + call.apply(with(channel, headers)).toString().replaceAll("\\s+", " ").strip();
    } catch (StatusRuntimeException e) {
      return ending(e).strip();
    } finally {
      channel.shutdownNow();
    }
  }

  private static Channel with(Channel channel, Map<String, String> headers) {
    Metadata all = new Metadata();
    headers.forEach(
        (name, value) -> all.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(all));
  }

  private static String ending(StatusRuntimeException failure) {
    Refusal refusal = StatusReader.refusalOf(failure);
    Map<String, String> facts = refusal == null ? Map.of() : refusal.metadata();
    return "%s %s %s"
        .formatted(
            failure.getStatus().getCode(),
            facts.getOrDefault(Refusal.ROLE, ""),
            facts.getOrDefault(Refusal.STORE, ""));
  }

  /** Shakes hands, and waits for the first byte, or asks for the health, which is for all. */
  String enter(Port port, String who, String protocol) throws Exception {
    if (port.isHttp()) {
      return http(port, who, protocol, HEALTH);
    }
    try (SSLSocket socket = socket(port, who, protocol)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      return socket.getInputStream().read() < 0 ? CLOSED : "open";
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (IOException refused) {
      return CLOSED;
    }
  }

  /** Of somebody who takes every certificate. */
  static SSLContext context(SecuredSite site, String who) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        who.isEmpty() ? null : new KeyManager[] {key(site.files(who))},
        InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
        null);
    return context;
  }

  private SSLSocket socket(Port port, String who, String protocol) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            context(site, who)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), site.port(port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static KeyManager key(TlsFiles files) throws Exception {
    var chain = PemFiles.certificates(files.certificate());
    AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    keys.updateIdentityCredentials(chain, PemFiles.key(files.key(), chain[0]));
    return keys;
  }

  /**
   * Sends lines of HTTP.
   *
   * @return HTTP and the status, or closed
   */
  String http(Port port, String who, String protocol, String... lines) throws Exception {
    try {
      String text = answer(port, who, protocol, lines);
      return text.isEmpty() ? CLOSED : text.replaceFirst("(?s)^HTTP/1.1 (\\d+).*", "HTTP $1");
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (IOException refused) {
      return CLOSED;
    }
  }

  private String answer(Port port, String who, String protocol, String... lines) throws Exception {
    String request = String.join("\r\n", lines) + "\r\nHost: here\r\nConnection: close\r\n\r\n";
    try (SSLSocket socket = socket(port, who, protocol)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** What a path answers, with its headers. */
  String body(Port port, String who, String path) throws Exception {
    return answer(port, who, "TLSv1.3", "GET " + path + " HTTP/1.1");
  }

  /** Sends bytes without TLS, and reads to the end. */
  String plain(Port port, String text) throws IOException {
    try (Socket socket = open(port, text)) {
      return end(socket);
    }
  }

  /** Sends bytes without TLS, and leaves it at that. */
  Socket open(Port port, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port(port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return socket;
  }

  /** Waits until a connection is closed; an alert of TLS may come before. */
  static String end(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      byte[] answer = in.readAllBytes();
      boolean alert = answer.length == 0 || answer[0] == ALERT;
      return alert ? CLOSED : new String(answer, ISO_8859_1);
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (IOException reset) {
      return CLOSED;
    }
  }
}
