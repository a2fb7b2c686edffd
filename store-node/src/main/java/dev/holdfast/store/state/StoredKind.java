package dev.holdfast.store.state;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.holdfast.common.codec.KnownFields;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import java.util.function.Function;

/**
 * Values of one kind in the column families. Each is understood whole, or it is a fault: a row of
 * which a part is passed over would be written again without that part.
 */
final class StoredKind<P extends Message> {
  private final String what;
  private final Parser<P> parser;
  private final KnownFields known;

  /**
   * @param what such a value is, as faults name it
   */
  StoredKind(String what, Parser<P> parser, Descriptor type) {
    this.what = what;
    this.parser = parser;
    this.known = KnownFields.of(type);
  }

  <T> T read(byte[] value, Function<P, T> make) {
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
