package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventStamp;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats are forever: these bytes never change. */
class LetterFormatTest {
  private static final LetterId ID = new LetterId(258, 300, new StockKey("Köln", "mug"));
  private static final String EVENT = "00000102" + "000000000000012c";
  private static final String STORE = "4bc3b66c6e";
  private static final String SKU = "6d7567";

  @Test
  void shouldKeepTheKeys() {
    assertThat(hex(LetterKeys.letter(ID))).isEqualTo(EVENT + STORE + "00" + SKU);
    assertThat(LetterKeys.letter(LetterKeys.letter(ID))).isEqualTo(ID);
    assertThat(hex(LetterKeys.inOrder(ID))).isEqualTo(SKU + "00" + STORE + "00" + EVENT);
    assertThat(LetterKeys.inOrder(LetterKeys.inOrder(ID), ID.item())).isEqualTo(ID);
  }

  @Test
  void shouldKeepTheKeyOfAnEventThatCanNotBeRead() {
    LetterId unread = LetterId.ofEvent(258, 300);

    assertThat(hex(LetterKeys.letter(unread))).isEqualTo(EVENT + "00");
    assertThat(LetterKeys.letter(LetterKeys.letter(unread))).isEqualTo(unread);
  }

  @ParameterizedTest
  @CsvSource({"RETRYING, 01", "PARKED, 02", "WAITING, 03", "DISCARDED, 04"})
  void shouldKeepTheLetterRecord(LetterState state, String number) {
    EventStamp stamp = new EventStamp(300, new Origin("r", "me"));
    DeadLetter letter = new DeadLetter(ID, state, "bug", "x", 3, 300, 301, 302, stamp);
    String golden =
        "08"
            + number
            + "1203627567"
            + "1a0178"
            + "2003"
            + "28ac02"
            + "30ad02"
            + "38ae02"
            + "48ac02"
            + "52026d65"
            + "5a0172";

    assertThat(hex(LetterRecordCodec.encode(letter))).isEqualTo(golden);
    assertThat(LetterRecordCodec.letter(ID, bytes(golden))).isEqualTo(letter);
  }

  @Test
  void shouldReadTheEventOfALetterOfFormat4() {
    assertThat(LetterRecordCodec.event(bytes("0801" + "420101"))).hasSize(1);
    assertThat(LetterRecordCodec.event(bytes("0801"))).isEmpty();
    assertThat(hex(LetterKeys.event(ID.place()))).isEqualTo(EVENT);
  }

  @Test
  void shouldKeepTheCounts() {
    ChangeCounts counts = new ChangeCounts(300, 2, 3, 4);

    assertThat(hex(LetterRecordCodec.encode(counts)))
        .isEqualTo("08ac02" + "1002" + "1803" + "2004");
    assertThat(LetterRecordCodec.counts(bytes("08ac02100218032004"))).isEqualTo(counts);
    assertThat(hex(LetterRecordCodec.encodeParked(300))).isEqualTo("08ac02");
    assertThat(LetterRecordCodec.parked(bytes("08ac02"))).isEqualTo(300);
  }

  @Test
  void shouldNotTakeCorruptBytesForARecord() {
    assertThatThrownBy(() -> LetterRecordCodec.letter(ID, new byte[0]))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> LetterRecordCodec.letter(ID, bytes("ff")))
        .isInstanceOf(StorageException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
