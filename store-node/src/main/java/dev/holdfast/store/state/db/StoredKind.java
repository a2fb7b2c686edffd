package dev.holdfast.store.state.db;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.holdfast.common.codec.KnownFields;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.store.state.fault.NeedsNewerBuildFault;
import dev.holdfast.store.state.fault.StateFault;
import java.util.function.Function;

/**
 * Values that are messages of one type. Each is understood whole, or it is a fault: a row of which
 * an unknown part is ignored would be written again without that part.
 */
final class StoredKind<P extends Message> {
  private final String what;
  private final String form;
  private final Parser<P> parser;
  private final KnownFields known;

  /**
   * @param what names such a value in faults
   */
  @SuppressWarnings("unchecked") // a message is of the type that its parser reads
  StoredKind(String what, P type) {
    this.what = what;
    this.form = type.getDescriptorForType().getName();
    this.parser = (Parser<P>) type.getParserForType();
    this.known = KnownFields.of(type.getDescriptorForType());
  }

  <T> Codec<T> codec(Function<T, P> toProto, Function<P, T> fromProto) {
    return new Codec<>(
        form, each -> toProto.apply(each).toByteArray(), value -> read(value, fromProto));
  }

  private <T> T read(byte[] value, Function<P, T> make) {
    try {
      P proto = parser.parseFrom(value);
      known.check(value);
      return make.apply(proto);
    } catch (NeedsNewerBuildException e) {
      throw new NeedsNewerBuildFault(what, e);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StateFault(what + " is corrupt", e);
    }
  }
}
