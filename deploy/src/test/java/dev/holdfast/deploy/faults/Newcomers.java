package dev.holdfast.deploy.faults;

import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callers that connect to each node again and again, by certificate and by token: whoever comes
 * while keys are rotated must be let in at once.
 */
final class Newcomers {
  private static final long PAUSE_MILLIS = 300;
  private static final long PATIENCE_SECONDS = 10;

  /** A handshake that takes so long on a busy machine may be given up by the node. */
  private static final Duration SLOW = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);

  private final List<String> addresses;
  private final CallerIdentity caller;
  private final Supplier<String> token;
  private final List<String> refused = new ArrayList<>();
  private volatile boolean enough;
  private int let;

  /**
   * They do not come yet.
   *
   * @param addresses of the nodes
   */
  Newcomers(List<String> addresses, CallerIdentity caller, Supplier<String> token) {
    this.addresses = addresses;
    this.caller = caller;
    this.token = token;
  }

  /**
   * Lets them come while something is done.
   *
   * @throws AssertionError when one was refused, or none came
   */
  void during(Runnable rotation) {
    Thread thread = new Thread(this::comeAgainAndAgain, "newcomers");
    thread.start();
    try {
      rotation.run();
    } finally {
      enough = true;
      join(thread);
    }
    if (!refused.isEmpty() || let == 0) {
      throw new AssertionError("of new callers, " + let + " were let in and these not: " + refused);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void comeAgainAndAgain() {
    try {
      while (!enough) {
        caller.refresh(); // as one that starts now
        addresses.forEach(this::come);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void come(String address) {
    note(address + " by certificate", () -> enter(address, caller, ""));
    note(address + " by token", () -> enter(address, caller, token.get()));
  }

  private void note(String what, Supplier<String> entering) {
    long began = System.nanoTime();
    String why = entering.get();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (why.isEmpty()) {
      let++;
    } else if (took.compareTo(SLOW) > 0) {
      LOG.info("{} was too slow, and comes again: {} after {}", what, why, took);
      note(what, entering);
    } else {
      refused.add("%s at %s, after %s: %s".formatted(what, Instant.now(), took, why));
    }
  }

  /**
   * Asks a node, on a connection of its own, who one is.
   *
   * @param token empty for none
   * @return why it did not answer; empty when it did
   */
  static String enter(String address, CallerIdentity caller, String token) {
    ManagedChannel channel = Grpc.newChannelBuilder(address, caller.credentials()).build();
    try {
      return ask(channel, token);
    } finally {
      channel.shutdownNow();
    }
  }

  /** The same on a connection that is there. */
  static String ask(ManagedChannel channel, String token) {
    Metadata headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    try {
      var unused =
          AccessServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .whoAmI(WhoAmIRequest.getDefaultInstance());
      return "";
    } catch (StatusRuntimeException e) {
      return e.getStatus().toString();
    }
  }
}
