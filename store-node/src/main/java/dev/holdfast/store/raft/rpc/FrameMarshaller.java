package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Frames as bytes: id (8), number of the call (1), and the message of JRaft. The numbers are
 * permanent; nodes of different builds talk to each other.
 */
final class FrameMarshaller implements MethodDescriptor.Marshaller<Frame> {
  private static final int HEADER_BYTES = Long.BYTES + 1;

  private final boolean requests;

  private FrameMarshaller(boolean requests) {
    this.requests = requests;
  }

  static FrameMarshaller ofRequests() {
    return new FrameMarshaller(true);
  }

  static FrameMarshaller ofResponses() {
    return new FrameMarshaller(false);
  }

  @Override
  public InputStream stream(Frame frame) {
    return new FrameStream(frame);
  }

  /** Reads a frame; what JRaft takes from its message is not copied once more. */
  @Override
  public Frame parse(InputStream stream) {
    try {
      byte[] bytes = stream.readNBytes(stream.available()); // the whole message: gRPC has it all
      if (bytes.length < HEADER_BYTES) {
        throw invalid("a frame of " + bytes.length + " bytes");
      }
      ByteBuffer header = ByteBuffer.wrap(bytes);
      long id = header.getLong();
      int number = header.get();
      CodedInputStream body =
          UnsafeByteOperations.unsafeWrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES)
              .newCodedInput();
      body.enableAliasing(true);
      return new Frame(id, number, prototype(number).getParserForType().parseFrom(body));
    } catch (IOException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private Message prototype(int number) {
    if (number == Frame.ERROR && !requests) {
      return ErrorResponse.getDefaultInstance();
    }
    RaftCall call = RaftCall.numbered(number);
    if (call == null) {
      throw invalid("a call of number " + number);
    }
    return requests ? call.request() : call.response();
  }

  private static RuntimeException invalid(String what) {
    return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
  }

  /** The bytes of a frame, written straight into the buffers of the network. */
  private static final class FrameStream extends InputStream implements Drainable, KnownLength {
    private final Frame frame;
    private boolean drained;

    FrameStream(Frame frame) {
      this.frame = frame;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = available();
      byte[] header = new byte[HEADER_BYTES];
      ByteBuffer.wrap(header).putLong(frame.id()).put((byte) frame.call());
      target.write(header);
      frame.body().writeTo(target);
      drained = true;
      return length;
    }

    @Override
    public int available() {
      return drained ? 0 : HEADER_BYTES + frame.body().getSerializedSize();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("frames are drained");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return read();
    }
  }
}
