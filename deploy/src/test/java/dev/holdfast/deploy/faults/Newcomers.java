package dev.holdfast.deploy.faults;

import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Callers that connect to each node again and again, by certificate and by token: whoever comes
 * while keys are rotated must be let in at once.
 */
final class Newcomers implements AutoCloseable {
  private static final long PAUSE_MILLIS = 300;
  private static final long PATIENCE_SECONDS = 10;

  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean enough;
  private int let;

  private Newcomers(Runnable round) {
    thread = new Thread(() -> repeat(round), "newcomers");
  }

  /**
   * Lets them come.
   *
   * @param addresses of the nodes
   */
  static Newcomers to(List<String> addresses, CallerIdentity caller, Supplier<String> token) {
    Newcomers[] all = new Newcomers[1];
    all[0] = new Newcomers(() -> addresses.forEach(node -> all[0].come(node, caller, token)));
    all[0].thread.start();
    return all[0];
  }

  private void repeat(Runnable round) {
    try {
      while (!enough) {
        round.run();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void come(String address, CallerIdentity caller, Supplier<String> token) {
    caller.refresh(); // as one that starts now
    note(address + " by certificate", enter(address, caller, ""));
    note(address + " by token", enter(address, caller, token.get()));
  }

  private void note(String what, String why) {
    if (why.isEmpty()) {
      let++;
    } else {
      refused.add(what + ": " + why);
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

  /**
   * Sends them home.
   *
   * @throws AssertionError when one was refused, or none came
   */
  @Override
  public void close() {
    enough = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!refused.isEmpty() || let == 0) {
      throw new AssertionError("of new callers, " + let + " were let in and these not: " + refused);
    }
  }
}
