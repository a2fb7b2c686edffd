package dev.holdfast.store.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.google.protobuf.Message;
import io.grpc.Drainable;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FrameMarshallerTest {
  private static final Marshaller<Frame> REQUESTS = FrameMarshaller.ofRequests();
  private static final Marshaller<Frame> RESPONSES = FrameMarshaller.ofResponses();

  /** Nodes of different builds talk to each other: these bytes never change. */
  @Test
  void shouldWriteTheBytesThatOtherBuildsRead() throws IOException {
    Frame ping = new Frame(258, 7, PingRequest.newBuilder().setSendTimestamp(5).build());
    Frame error = new Frame(1, Frame.ERROR, ErrorResponse.newBuilder().setErrorCode(3).build());

    assertThat(hex(REQUESTS, ping)).isEqualTo("000000000000010207" + "0805");
    assertThat(hex(RESPONSES, error)).isEqualTo("000000000000000100" + "0803");
  }

  @Test
  void shouldKeepTheNumbersOfTheCalls() {
    assertThat(Stream.of(RaftCall.values()).map(call -> call.number() + " " + call))
        .containsExactly(
            "1 APPEND_ENTRIES",
            "2 REQUEST_VOTE",
            "3 GET_FILE",
            "4 INSTALL_SNAPSHOT",
            "5 TIMEOUT_NOW",
            "6 READ_INDEX",
            "7 PING");
  }

  @Test
  void shouldReadWhatItWrote() throws IOException {
    Message answer = AppendEntriesResponse.newBuilder().setTerm(4).setSuccess(true).build();
    Frame frame = new Frame(Long.MAX_VALUE, RaftCall.APPEND_ENTRIES.number(), answer);

    assertThat(RESPONSES.parse(new ByteArrayInputStream(bytes(RESPONSES, frame)))).isEqualTo(frame);
  }

  @Test
  void shouldRefuseBytesThatAreNoFrame() {
    for (String hex :
        new String[] {
          "", "00", "000000000000000108", "000000000000000100", "0000000000000001070a"
        }) {
      assertThatThrownBy(
              () -> REQUESTS.parse(new ByteArrayInputStream(HexFormat.of().parseHex(hex))))
          .as("'%s'", hex)
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageStartingWith("INVALID_ARGUMENT");
    }
  }

  private static String hex(Marshaller<Frame> marshaller, Frame frame) throws IOException {
    return HexFormat.of().formatHex(bytes(marshaller, frame));
  }

  private static byte[] bytes(Marshaller<Frame> marshaller, Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ((Drainable) marshaller.stream(frame)).drainTo(bytes);
    return bytes.toByteArray();
  }
}
