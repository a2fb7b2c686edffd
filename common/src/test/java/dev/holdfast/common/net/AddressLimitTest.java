package dev.holdfast.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.Promise;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

final class AddressLimitTest {
  private static final int MAX = 3;

  private final AtomicLong nanos = new AtomicLong();
  private final OpenConnections let = new OpenConnections();
  private final EmbeddedChannel listening =
      new EmbeddedChannel(
          new AddressLimit(
              "test",
              MAX,
              let,
              new Handshakes(new SimpleMeterRegistry()),
              Handshakes.Port.GRPC,
              new FailedLogins(nanos::get)));

  /** A connection from an address, which shakes no hands. */
  private static final class From extends EmbeddedChannel {
    private final String address;

    From(String address) throws NoSuchAlgorithmException {
      this.address = address;
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(false);
      pipeline().addLast(new SslHandler(engine));
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(address, 1);
    }
  }

  private static void close(Channel channel) {
    var unused = channel.close();
  }

  private Channel from(String address) throws NoSuchAlgorithmException {
    From made = new From(address);
    listening.writeInbound(made);
    return made;
  }

  @Test
  void shouldBoundTheConnectionsOfAnAddress() throws Exception {
    Channel first = from("192.0.2.1");
    for (int i = 1; i < MAX; i++) {
      assertThat(from("192.0.2.1").isOpen()).isTrue();
    }

    assertThat(from("192.0.2.1").isOpen()).isFalse();
    assertThat(from("192.0.2.2").isOpen()).isTrue();
    assertThat(let.count()).isEqualTo(MAX + 1);
    close(first);
    assertThat(from("192.0.2.1").isOpen()).isTrue();
  }

  @Test
  void shouldRefuseAnAddressWhoseHandshakesFailTooOften() throws Exception {
    for (int i = 0; i < FailedLogins.BURST; i++) {
      Channel failing = from("192.0.2.1");
      assertThat(failing.isOpen()).isTrue();
      close(failing);
    }

    assertThat(from("192.0.2.1").isOpen()).isFalse();
    assertThat(from("192.0.2.2").isOpen()).isTrue();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(from("192.0.2.1").isOpen()).isTrue();
  }

  @Test
  void shouldNotCountHandshakesThatSucceed() throws Exception {
    for (int i = 0; i <= FailedLogins.BURST; i++) {
      Channel good = from("192.0.2.1");
      assertThat(good.isOpen()).isTrue();
      SslHandler tls = good.pipeline().get(SslHandler.class);
      var unused = ((Promise<Channel>) tls.handshakeFuture()).setSuccess(good);
      close(good);
    }

    assertThat(from("192.0.2.1").isOpen()).isTrue();
  }
}
