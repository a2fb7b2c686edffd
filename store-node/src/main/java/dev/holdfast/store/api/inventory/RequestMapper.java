package dev.holdfast.store.api.inventory;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.api.call.MappingContext;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Commands of a batch or an order, mapped by the same rows as the requests of single calls. */
public final class RequestMapper {
  private static final OneofDescriptor OPERATION =
      dev.holdfast.proto.inventory.v1.Command.getDescriptor().getOneofs().get(0);

  private final MappingContext context;

  /**
   * @param logMillis the log time of the partition that a store is in
   */
  public RequestMapper(
      Origin origin, FieldRules rules, HoldLimits limits, ToLongFunction<String> logMillis) {
    this(new MappingContext(origin, rules, limits, logMillis, true));
  }

  public RequestMapper(MappingContext context) {
    this.context = context;
  }

  public CommandRequest map(Message request) {
    return InventoryKinds.of(request).command(context, request);
  }

  /** A command of a batch; null, with a violation, when it is empty. */
  @Nullable CommandRequest map(dev.holdfast.proto.inventory.v1.Command command) {
    FieldDescriptor operation = command.getOneofFieldDescriptor(OPERATION);
    if (operation == null) {
      context.rules().violate("operation", "must be set");
      return null;
    }
    return map((Message) command.getField(operation));
  }
}
