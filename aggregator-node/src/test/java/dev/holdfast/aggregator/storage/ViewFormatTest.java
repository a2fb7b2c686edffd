package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.ViewMetaRecord;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats are forever: these bytes never change. */
class ViewFormatTest {
  private static final String HASH = "ab".repeat(32);

  @Test
  void shouldKeepTheKeys() {
    assertThat(hex(ViewKeys.item(new StockKey("Köln", "mug")))).isEqualTo("6d7567004bc3b66c6e");
    assertThat(hex(ViewKeys.sku("mug"))).isEqualTo("6d7567");
    assertThat(hex(ViewKeys.partition(258))).isEqualTo("00000102");
    assertThat(new String(ViewKeys.META, UTF_8)).isEqualTo("view");
  }

  @Test
  void shouldKeepTheViewRecord() {
    StockLevel level = new StockLevel(300, 2, 7);

    assertThat(hex(ViewRecordCodec.encode(level))).isEqualTo("08ac0210021807");
    assertThat(ViewRecordCodec.level(bytes("08ac0210021807"))).isEqualTo(level);
  }

  @Test
  void shouldKeepTheTotalRecord() {
    SkuTotal total = TestViews.total(300, 2, 38);

    assertThat(hex(ViewRecordCodec.encode(total))).isEqualTo("08ac021002182628aa02");
    assertThat(ViewRecordCodec.total(bytes("08ac021002182628aa02"))).isEqualTo(total);
  }

  @Test
  void shouldKeepTheDemandRecord() {
    UnmetDemand demand = new UnmetDemand(300, 7);

    assertThat(hex(ViewRecordCodec.encode(demand))).isEqualTo("08ac021007");
    assertThat(ViewRecordCodec.demand(bytes("08ac021007"))).isEqualTo(demand);
  }

  @Test
  void shouldKeepTheCursorRecord() {
    ViewCursor cursor =
        new ViewCursor(
            300,
            HashCode.fromString(HASH),
            1_700_000_000_000L,
            new StateDigest(1, 2, 3, 300, 2, 0),
            new PartTrust(299, "why", true));
    String digest = "0901000000000000001102000000000000001803" + "20ac02" + "2802";
    String golden =
        "08ac02"
            + "1220"
            + HASH
            + "1880d095ffbc31"
            + "2219"
            + digest
            + "28ab02"
            + "3203776879"
            + "3801";

    assertThat(hex(ViewRecordCodec.encode(cursor))).isEqualTo(golden);
    assertThat(ViewRecordCodec.cursor(bytes(golden))).isEqualTo(cursor);
  }

  @Test
  void shouldKeepTheViolationRecord() {
    var check = new DigestCheck(2, 300, new StateDigest(1, 0, 3, 4, 5, 0), StateDigest.EMPTY);
    var difference = new Difference(new StockKey("b", "m"), null, new StockLevel(300, 2, 7));
    Violation violation = new Violation(258, check, 1, List.of(difference), 2);
    String digest = "220f" + "090100000000000000" + "1803" + "2004" + "2805";
    String differs = "320f" + "0a0162" + "12016d" + "2207" + "08ac0210021807";
    String golden = "0802" + "10ac02" + "1801" + digest + "2a00" + differs + "3802";

    assertThat(hex(ViolationCodec.encode(violation))).isEqualTo(golden);
    assertThat(ViolationCodec.decode(258, bytes(golden))).isEqualTo(violation);
    assertThat(hex(ViewKeys.violation(258))).isEqualTo("0000000000000102");
  }

  @Test
  void shouldKeepTheMetaRecord() {
    var meta =
        ViewMetaRecord.newBuilder()
            .setFormat(DataDirectoryOwner.FORMAT)
            .setClusterId("c1")
            .setNodeId("agg")
            .setPartitionCount(3);

    assertThat(hex(meta.build().toByteArray())).isEqualTo("080512026331" + "1a03616767" + "2003");
  }

  @Test
  void shouldNotTakeCorruptBytesForARecord() {
    assertThatThrownBy(() -> ViewRecordCodec.level(bytes("ff")))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> ViewRecordCodec.level(new byte[0]))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> ViewRecordCodec.cursor(new byte[0]))
        .isInstanceOf(StorageException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
