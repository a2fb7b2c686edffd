package dev.holdfast.store.api.call;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * One kind of mutation, a row in the table of its service: how a request becomes a command, and how
 * the event that accepts the command becomes the answer.
 *
 * @param event that accepts the command
 * @param respond the answer to a single call
 * @param tell the event to those who sent the command in a batch or an order
 */
public record MutationKind<Q extends Message, E extends Event, R>(
    MethodDescriptor<Q, R> method,
    Prototype<Q> request,
    BiFunction<MappingContext, Q, Command.Mutation> map,
    Class<E> event,
    BiFunction<E, Position, R> respond,
    BiConsumer<E, Accepted.Builder> tell) {

  /** The type of a kind's requests. */
  public record Prototype<Q extends Message>(
      Class<Q> type, Descriptor descriptor, Envelope envelope) {
    @SuppressWarnings("unchecked") // the prototype is the empty request of the method
    private static <Q extends Message> Prototype<Q> of(MethodDescriptor<Q, ?> method) {
      var marshaller = (PrototypeMarshaller<Q>) method.getRequestMarshaller();
      Q empty = Objects.requireNonNull(marshaller.getMessagePrototype());
      Descriptor descriptor = empty.getDescriptorForType();
      return new Prototype<>((Class<Q>) empty.getClass(), descriptor, Envelope.of(descriptor));
    }
  }

  /** A kind that is called by itself only. */
  public static <Q extends Message, E extends Event, R> MutationKind<Q, E, R> of(
      MethodDescriptor<Q, R> method,
      BiFunction<MappingContext, Q, Command.Mutation> map,
      Class<E> event,
      BiFunction<E, Position, R> respond) {
    return of(
        method,
        map,
        event,
        respond,
        (accepting, accepted) -> {
          throw new IllegalStateException("no command of a batch: " + method.getBareMethodName());
        });
  }

  /** A kind that batches and orders may hold too. */
  public static <Q extends Message, E extends Event, R> MutationKind<Q, E, R> of(
      MethodDescriptor<Q, R> method,
      BiFunction<MappingContext, Q, Command.Mutation> map,
      Class<E> event,
      BiFunction<E, Position, R> respond,
      BiConsumer<E, Accepted.Builder> tell) {
    return new MutationKind<>(method, Prototype.of(method), map, event, respond, tell);
  }

  /** The command of a request; violations go into the context's rules. */
  public CommandRequest command(MappingContext context, Message given) {
    Command.Mutation command = map.apply(context, request.type().cast(given));
    return request.envelope().open(given, command, context.origin(), context.rules());
  }

  public R response(Event accepting, Position position) {
    return respond.apply(event.cast(accepting), position);
  }

  public void tell(Event accepting, Accepted.Builder accepted) {
    tell.accept(event.cast(accepting), accepted);
  }
}
