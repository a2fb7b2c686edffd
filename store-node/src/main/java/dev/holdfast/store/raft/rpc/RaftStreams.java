package dev.holdfast.store.raft.rpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/** The one method of the Raft port: a stream of frames in each direction. */
final class RaftStreams {
  static final String SERVICE = "holdfast.raft.v1.RaftStreams";

  static final MethodDescriptor<Frame, Frame> EXCHANGE =
      MethodDescriptor.<Frame, Frame>newBuilder()
          .setType(MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Exchange"))
          .setRequestMarshaller(FrameMarshaller.ofRequests())
          .setResponseMarshaller(FrameMarshaller.ofResponses())
          .build();

  /** Above the largest Raft entry and chunk of a file. */
  static final int MESSAGE_BYTES_MAX = 16 << 20;

  /** So that a full pipeline of entries never waits for a window. */
  static final int WINDOW_BYTES = 8 << 20;

  private RaftStreams() {}
}
