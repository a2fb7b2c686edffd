package dev.holdfast.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.DigestProgress;
import dev.holdfast.store.decide.Receipt;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes on disk. A red test here means that state written before can not be read any more. */
final class StateFormatTest {
  @Test
  void shouldKeepTheKeys() {
    assertThat(hex(StateKeys.APPLIED)).isEqualTo("6170706c696564");
    assertThat(hex(StateKeys.FORMAT)).isEqualTo("666f726d6174");
    assertThat(hex(StateKeys.of(new StockKey("Zürich", "tea"))))
        .isEqualTo("5ac3bc72696368" + "00" + "746561");
    assertThat(hex(StateKeys.of(new ReservationKey("a", "r-1")))).isEqualTo("61" + "00" + "722d31");
    assertThat(hex(StateKeys.of(new ReceiptKey("bob", "k")))).isEqualTo("626f62" + "00" + "6b");
    assertThat(hex(StateKeys.ofSequence(258))).isEqualTo("0000000000000102");
    assertThat(hex(StateKeys.storePrefix("a"))).isEqualTo("6100");
  }

  @Test
  void shouldReadTheKeysBack() {
    StockKey item = new StockKey("Zürich", "\ud83d\udce6");

    assertThat(StateKeys.stockKey(StateKeys.of(item))).isEqualTo(item);
    assertThat(StateKeys.sequence(StateKeys.ofSequence(1L << 40))).isEqualTo(1L << 40);
  }

  @Test
  void shouldKeepStock() {
    StockLevel level = new StockLevel(300, 5, 7);

    assertThat(hex(StateRecords.encode(level))).isEqualTo("08ac0210051807");
    assertThat(StateRecords.stockLevel(bytes("08ac0210051807"))).isEqualTo(level);
  }

  @Test
  void shouldKeepReservations() {
    Reservation reservation =
        new Reservation(
            List.of(new HeldLine("tea", 2), new HeldLine("cup", 1)), 1_000, "alice", "order");
    String golden = "0a070a03746561" + "1002" + "0a070a03637570" + "1001" + "10e807";
    golden += "1a05616c696365" + "22056f72646572";

    assertThat(hex(StateRecords.encode(reservation))).isEqualTo(golden);
    assertThat(StateRecords.reservation(bytes(golden))).isEqualTo(reservation);
  }

  @Test
  void shouldKeepReceipts() {
    Receipt receipt = new Receipt(300, 0x0102030405060708L);

    assertThat(hex(StateRecords.encode(receipt))).isEqualTo("08ac02" + "11" + "0807060504030201");
    assertThat(StateRecords.receipt(bytes("08ac02110807060504030201"))).isEqualTo(receipt);
  }

  @Test
  void shouldKeepHowFarItGot() {
    DigestProgress digests = new DigestProgress(new StateDigest(9, 10, 11, 12, 13, 0), 14);
    AppliedState applied = new AppliedState(1, 2, 3, 4, new byte[] {5, 6}, 7, 8, digests);
    String golden = "08011002180320042a02050630073808";
    golden +=
        "4218" + "090900000000000000" + "110a00000000000000" + "180b" + "200c" + "280d" + "480e";

    assertThat(hex(applied.encode())).isEqualTo(golden);
    assertThat(AppliedState.decode(applied.encode())).usingRecursiveComparison().isEqualTo(applied);
  }

  @Test
  void shouldCallUnreadableRecordsAFault() {
    byte[] broken = {(byte) 0xff};

    assertThatThrownBy(() -> StateRecords.stockLevel(broken)).isInstanceOf(StateFault.class);
    assertThatThrownBy(() -> StateRecords.stockLevel(bytes("08011002")))
        .isInstanceOf(StateFault.class);
    assertThatThrownBy(() -> StateRecords.reservation(broken)).isInstanceOf(StateFault.class);
    assertThatThrownBy(() -> StateRecords.receipt(broken)).isInstanceOf(StateFault.class);
    assertThatThrownBy(() -> AppliedState.decode(broken)).isInstanceOf(StateFault.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
