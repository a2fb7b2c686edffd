package dev.holdfast.cli.drill.history;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.Accepted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call in about 200 bytes, so that many millions fit into memory: its messages are encoded. Its
 * bytes are never written to a file.
 */
public final class PackedCall {
  private static final int ANSWERED = 0;
  private static final int ACCEPTED = 1;
  private static final int REFUSED = 2;
  private static final int NOT_TRIED = 3;
  private static final int UNKNOWN = 4;

  private final int client;
  private final long beginNanos;
  private final long endNanos;
  private final Kind kind;
  private final byte[] bytes;

  public PackedCall(Call call) {
    client = call.client();
    beginNanos = call.beginNanos();
    endNanos = call.endNanos();
    kind = call.kind();
    bytes = encode(call);
  }

  public int client() {
    return client;
  }

  public long beginNanos() {
    return beginNanos;
  }

  public long endNanos() {
    return endNanos;
  }

  public Call unpack() {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      Message request = read(in, kind.request());
      return new Call(client, beginNanos, endNanos, request, readOutcome(in, kind));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes that this class wrote", e);
    }
  }

  private static byte[] encode(Call call) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);
      out.writeMessageNoTag(call.request());
      write(out, call.outcome());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no device that could fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(CodedOutputStream out, Outcome outcome) throws IOException {
    if (outcome instanceof Outcome.Answered answered) {
      out.writeUInt32NoTag(answered.answer() instanceof Accepted ? ACCEPTED : ANSWERED);
      out.writeMessageNoTag(answered.answer());
    } else if (outcome instanceof Outcome.Refused refused) {
      out.writeUInt32NoTag(REFUSED);
      out.writeStringNoTag(refused.reason());
      out.writeUInt32NoTag(refused.details().size());
      for (Map.Entry<String, String> detail : refused.details().entrySet()) {
        out.writeStringNoTag(detail.getKey());
        out.writeStringNoTag(detail.getValue());
      }
    } else {
      out.writeUInt32NoTag(outcome == Outcome.Undecided.NOT_TRIED ? NOT_TRIED : UNKNOWN);
    }
  }

  private static Outcome readOutcome(CodedInputStream in, Kind kind) throws IOException {
    int tag = in.readUInt32();
    return switch (tag) {
      case ANSWERED -> new Outcome.Answered(read(in, kind.answer()));
      case ACCEPTED -> new Outcome.Answered(read(in, Accepted.getDefaultInstance()));
      case REFUSED -> readRefused(in);
      case NOT_TRIED -> Outcome.Undecided.NOT_TRIED;
      default -> Outcome.Undecided.UNKNOWN;
    };
  }

  private static Outcome.Refused readRefused(CodedInputStream in) throws IOException {
    String reason = in.readString();
    Map<String, String> details = new TreeMap<>();
    for (int left = in.readUInt32(); left > 0; left--) {
      details.put(in.readString(), in.readString());
    }
    return new Outcome.Refused(reason, details);
  }

  private static Message read(CodedInputStream in, Message type)
      throws InvalidProtocolBufferException, IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    Message message = type.getParserForType().parseFrom(in);
    in.popLimit(limit);
    return message;
  }
}
