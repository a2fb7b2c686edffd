package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.api.call.Envelope;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Envelopes are found by the names of their fields: each kind of request must have the key. */
final class MutationKindTest {
  static Stream<MethodDescriptor<?, ?>> mutations() {
    return Stream.of(
            InventoryServiceGrpc.getServiceDescriptor(),
            TermsServiceGrpc.getServiceDescriptor(),
            OrderServiceGrpc.getServiceDescriptor(),
            LeaseServiceGrpc.getServiceDescriptor(),
            TransferServiceGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> !method.getBareMethodName().matches("(Get|BatchGet|List|Explain).*"))
        .filter(method -> !method.getBareMethodName().equals("SubmitBatch"));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void shouldFindTheEnvelopeOfEveryMutation(MethodDescriptor<?, ?> method) {
    Descriptor request = request(method).getDescriptorForType();
    Envelope envelope = Envelope.of(request);
    boolean ofLease = method.getFullMethodName().contains("LeaseService");

    assertThat(envelope.key().getNumber()).isPositive();
    assertThat(envelope.reference() == null).isEqualTo(ofLease);
  }

  @Test
  void shouldHaveARowForEveryCommandOfABatchAndEveryOperationOfAnOrder() {
    Stream.of(Command.getDescriptor(), OrderOperation.getDescriptor())
        .flatMap(type -> type.getOneofs().get(0).getFields().stream())
        .map(field -> DynamicMessage.getDefaultInstance(field.getMessageType()))
        .forEach(request -> assertThat(InventoryKinds.of(request)).isNotNull());
  }

  private static Message request(MethodDescriptor<?, ?> method) {
    var marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
    return (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
  }
}
