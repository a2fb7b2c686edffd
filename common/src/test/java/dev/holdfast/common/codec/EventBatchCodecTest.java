package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.EventBatch;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class EventBatchCodecTest {
  @Provide
  Arbitrary<EventBatch> batches() {
    return RandomBatches.batches();
  }

  @Property
  void shouldReadWhatItWrote(@ForAll("batches") EventBatch batch) throws UnreadableException {
    byte[] encoded = EventBatchCodec.encode(batch);

    EventBatch read = EventBatchCodec.decode(encoded);

    assertThat(read.events()).isEqualTo(batch.events());
    assertThat(read).usingRecursiveComparison().ignoringFields("events").isEqualTo(batch);
    assertThat(EventBatchCodec.countEvents(encoded)).isEqualTo(batch.events().size());
  }

  /** Hashes are taken over the bytes, so the same batch must always be the same bytes. */
  @Property
  void shouldWriteTheSameBytesAgain(@ForAll("batches") EventBatch batch)
      throws UnreadableException {
    byte[] encoded = EventBatchCodec.encode(batch);

    assertThat(EventBatchCodec.encode(EventBatchCodec.decode(encoded))).isEqualTo(encoded);
  }

  @Test
  void shouldWriteAnOriginOnceForNeighboursThatShareIt() throws Exception {
    byte[] encoded = EventBatchCodec.encode(SampleEvents.batchOf(SampleEvents.all()));

    assertThat(dev.holdfast.proto.log.v1.EventBatch.parseFrom(encoded).getOriginsCount())
        .isEqualTo(1);
  }

  @Test
  void shouldKnowItsLastSequence() {
    assertThat(SampleEvents.batchOf(SampleEvents.all()).lastSequence())
        .isEqualTo(999 + SampleEvents.all().size());
    assertThat(SampleEvents.batchOf(List.of()).lastSequence()).isEqualTo(999);
  }
}
