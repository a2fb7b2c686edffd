package dev.holdfast.cli.order;

import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast order}. */
@Command(
    name = "order",
    description = {
      "Executes several operations on one store, in order, all or none.",
      "OPERATION is adjust:SKU:DELTA:REASON, reserve:ID:SKU=UNITS[,SKU=UNITS...], confirm:ID or release:ID.",
      "A FILE contains them as JSON: {\"operations\": [{\"adjust_stock\": {\"sku\": ...}}, ...]}"
    },
    footer = {
      "",
      "Examples:",
      "  holdfast order Oslo adjust:TEA-1:-2:sale adjust:CUP-7:-1:sale --reference 536365",
      "  holdfast order Oslo reserve:cart-1:TEA-1=2,CUP-7=1 confirm:cart-0",
      "  holdfast order Oslo --file order.json",
    })
public final class OrderCommand extends RemoteCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(index = "1..*", paramLabel = "OPERATION", description = "an operation, see above")
  private List<String> operations = List.of();

  @Option(names = "--file", paramLabel = "FILE", description = "operations as JSON; - for stdin")
  private @Nullable String file;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();

  @Override
  public void run() {
    SubmitOrderRequest.Builder request = SubmitOrderRequest.newBuilder();
    if (file != null) {
      OrderFile.read(file, request);
    }
    operations.forEach(text -> request.addOperations(OrderText.parse(text)));
    request
        .setStore(store)
        .setIdempotencyKey(mutation.key())
        .setReference(mutation.reference())
        .addAllFencingTokens(fencing.tokens());
    SubmitOrderResponse response = ask(client -> client.submitOrder(request.build()));
    tell(response.getEarlier());
    output.print(OrderRow.COLUMNS, OrderRow.of(response));
  }
}
