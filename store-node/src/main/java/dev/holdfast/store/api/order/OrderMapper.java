package dev.holdfast.store.api.order;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.store.api.call.MappingContext;
import dev.holdfast.store.api.inventory.RequestMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders to commands: each operation as a request of its own, except for the fields that it shares
 * with the order.
 */
final class OrderMapper {
  private static final String STORE = "store";
  private static final List<String> FIELDS_OF_THE_ORDER =
      List.of(STORE, "idempotency_key", "reference", "fencing_tokens");
  private static final OneofDescriptor OPERATION =
      OrderOperation.getDescriptor().getOneofs().get(0);

  private final RequestMapper mapper;
  private final FieldRules rules;

  OrderMapper(MappingContext context) {
    this.mapper = new RequestMapper(context);
    this.rules = context.rules();
  }

  Command.Mutation map(SubmitOrderRequest request) {
    rules.id("store", request.getStore());
    rules.count("operations", request.getOperationsCount(), FieldRules.OPERATIONS_MAX);
    return new SubmitOrder(request.getStore(), operations(request));
  }

  private List<Command.Mutation> operations(SubmitOrderRequest request) {
    List<Command.Mutation> operations = new ArrayList<>();
    if (request.getOperationsCount() > FieldRules.OPERATIONS_MAX) {
      return operations;
    }
    for (int i = 0; i < request.getOperationsCount(); i++) {
      rules.enter("operations", i);
      CommandRequest operation = map(request.getOperations(i), request.getStore());
      rules.leave();
      if (operation != null) {
        operations.add((Command.Mutation) operation.command());
      }
    }
    return operations;
  }

  /** Null, with a violation, when it is empty. */
  private @Nullable CommandRequest map(OrderOperation operation, String store) {
    FieldDescriptor set = operation.getOneofFieldDescriptor(OPERATION);
    if (set == null) {
      rules.violate("operation", "must be set");
      return null;
    }
    Message request = (Message) operation.getField(set);
    Descriptor type = request.getDescriptorForType();
    FIELDS_OF_THE_ORDER.forEach(name -> checkUnset(request, type.findFieldByName(name)));
    return mapper.map(request.toBuilder().setField(type.findFieldByName(STORE), store).build());
  }

  private void checkUnset(Message request, FieldDescriptor field) {
    boolean isSet =
        field.isRepeated() ? request.getRepeatedFieldCount(field) > 0 : request.hasField(field);
    if (isSet) {
      rules.violate(field.getName(), "must not be set: the order's counts");
    }
  }
}
