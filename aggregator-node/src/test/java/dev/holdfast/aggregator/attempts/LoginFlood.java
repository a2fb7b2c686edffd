package dev.holdfast.aggregator.attempts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import io.grpc.Attributes;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder.LocalSocketPicker;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Logins that fail, at a pace, from an address of their own. */
final class LoginFlood implements AutoCloseable {
  private static final int THREADS = 8;
  private static final InetSocketAddress FROM = new InetSocketAddress("127.0.0.2", 0);
  private static final byte[] GARBAGE = "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);

  /** How logins fail. */
  enum Kind {
    BAD_TOKENS("bad tokens"),
    GARBAGE_HANDSHAKES("handshakes that are none"),
    STRANGERS("handshakes of another authority");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final SecuredSite site;
  private final Port port;
  private final ManagedChannel channel;
  private final long pauseNanos;
  private final AtomicLong failed = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean enough;

  private LoginFlood(SecuredSite site, Port port, int perSecond) throws Exception {
    this.site = site;
    this.port = port;
    this.channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", site.port(port), site.caller(Rows.NOBODY).credentials())
            .localSocketPicker(new From())
            .build();
    this.pauseNanos = TimeUnit.SECONDS.toNanos(THREADS) / perSecond;
  }

  static LoginFlood start(SecuredSite site, Port port, Kind kind, int perSecond) throws Exception {
    LoginFlood flood = new LoginFlood(site, port, perSecond);
    SSLContext stranger = Ways.context(site, "other authority");
    for (int i = 0; i < THREADS; i++) {
      Runnable attempt =
          switch (kind) {
            case BAD_TOKENS -> flood::badToken;
            case GARBAGE_HANDSHAKES -> flood::garbage;
            case STRANGERS -> () -> flood.stranger(stranger);
          };
      flood.threads.add(new Thread(() -> flood.repeat(attempt), "flood"));
    }
    flood.threads.forEach(Thread::start);
    return flood;
  }

  private static final class From extends LocalSocketPicker {
    @Override
    public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
      return FROM;
    }
  }

  /** The number of logins that failed, as all must. */
  long failed() {
    return failed.get();
  }

  private void repeat(Runnable attempt) {
    long next = System.nanoTime();
    try {
      while (!enough) {
        attempt.run();
        failed.incrementAndGet();
        next += pauseNanos;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each one another, which nobody remembers. */
  private void badToken() {
    String token = site.tokens().byStranger() + Long.toString(System.nanoTime(), 36);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    try {
      Rows.whoAmI(
          ClientInterceptors.intercept(
              channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
      throw new IllegalStateException("a bad token was believed");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        throw e;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.bind(FROM);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port(port)));
    return socket;
  }

  private void garbage() {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(GARBAGE);
      var unused = Ways.end(socket);
    } catch (IOException refused) {
      return;
    }
  }

  private void stranger(SSLContext context) {
    try (Socket plain = connect();
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, "here", 0, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      if (socket.getInputStream().read() >= 0) {
        throw new IllegalStateException("a stranger was let in");
      }
    } catch (IOException refused) {
      return;
    }
  }

  @Override
  public void close() {
    enough = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.shutdownNow();
  }
}
