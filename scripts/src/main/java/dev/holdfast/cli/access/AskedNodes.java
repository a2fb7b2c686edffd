package dev.holdfast.cli.access;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.common.client.AccessClient;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option for the kind of node that is asked: each reads its own file of grants. */
final class AskedNodes {
  @Option(
      names = "--of-aggregator",
      description = "ask the aggregator at --aggregator instead of a store node")
  private boolean ofAggregator;

  <T> T ask(ConnectionOptions connection, Function<AccessClient, CompletableFuture<T>> call) {
    if (ofAggregator) {
      try (GlobalViewClient client = connection.aggregator()) {
        return Await.answer(call.apply(client.access()));
      }
    }
    try (HoldfastClient client = connection.stores()) {
      return Await.answer(call.apply(client.access()));
    }
  }
}
