package dev.holdfast.store.state.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.fault.StateFault;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes on disk. A red test here means that state written before cannot be read any more. */
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
        new Reservation.Open(
            4,
            List.of(new HeldLine("sku-1", 5), new HeldLine("чай", StockLevel.QUANTITY_MAX)),
            new Reservation.Purpose(1_700_000_000_123L, "alice", "order 66", "basket 9"),
            new Reservation.Life(1_700_000_060_000L, 1_700_003_600_000L));
    String golden = "0a090a05736b752d311005" + "0a0f0a06d187d0b0d0b91080a094a58d1d";
    golden += "10fbd095ffbc31" + "1a05616c696365" + "22086f72646572203636";
    golden += "2a086261736b65742039" + "30e0a499ffbc31" + "3880adf180bd31" + "4004";

    assertThat(hex(StateRecords.encode(reservation))).isEqualTo(golden);
    assertThat(StateRecords.reservation(bytes(golden))).isEqualTo(reservation);
  }

  @Test
  void shouldKeepHowReservationsWereClosed() {
    Reservation closed = new Reservation.Closed(Reservation.State.RELEASED);

    assertThat(hex(StateRecords.encode(closed))).isEqualTo("4802");
    assertThat(StateRecords.reservation(bytes("4802"))).isEqualTo(closed);
    assertThatThrownBy(() -> StateRecords.reservation(bytes("4809")))
        .isInstanceOf(StateFault.class);
  }

  @Test
  void shouldKeepTheKeysOfTheIndexes() {
    ReservationKey key = new ReservationKey("a", "r-1");
    String expiry = "0000000000000102" + "01" + "61" + "00" + "722d31";

    assertThat(hex(StateKeys.ofHold(new StockKey("a", "tea"), "r-1")))
        .isEqualTo("61" + "00" + "746561" + "00" + "722d31");
    assertThat(hex(StateRecords.ofUnits(300))).isEqualTo("000000000000012c");
    assertThat(StateRecords.units(bytes("000000000000012c"))).isEqualTo(300);
    assertThat(hex(StateKeys.ofExpiry(258, key))).isEqualTo(expiry);
    assertThat(StateKeys.expiryMillis(bytes(expiry))).isEqualTo(258);
    assertThat(StateKeys.isExpiryOfReservation(bytes(expiry))).isTrue();
    assertThat(StateKeys.expiring(bytes(expiry))).isEqualTo(key);
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
