package dev.holdfast.store.state;

import static dev.holdfast.store.state.TestStores.apply;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.log.v1.EventBatch;
import dev.holdfast.proto.log.v1.HandoverRecord;
import dev.holdfast.proto.log.v1.InboundChannelRecord;
import dev.holdfast.proto.log.v1.Lease;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.LogProto;
import dev.holdfast.proto.log.v1.OutboundChannelRecord;
import dev.holdfast.proto.log.v1.ReceiptRecord;
import dev.holdfast.proto.log.v1.ReservationRecord;
import dev.holdfast.proto.log.v1.StoreRecord;
import dev.holdfast.proto.log.v1.TransferRecord;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateRecords;
import dev.holdfast.store.state.fault.NeedsNewerBuildFault;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;

/** A log or a state that a newer build wrote: nothing of it is applied, nothing of it is lost. */
final class NewerStateTest {
  private static final int NEW_FIELD = 15_000;

  /** Every kind of row that is a message, and what reads it. */
  private static final Map<Descriptor, Consumer<byte[]>> ROWS =
      Map.of(
          dev.holdfast.proto.log.v1.AppliedState.getDescriptor(), AppliedState::decode,
          Level.getDescriptor(), StateRecords::stockLevel,
          ReservationRecord.getDescriptor(), StateRecords::reservation,
          ReceiptRecord.getDescriptor(), StateRecords::receipt,
          StoreRecord.getDescriptor(), StateRecords.STORE_FROZEN::decode,
          Lease.getDescriptor(), StateRecords.LEASE::decode,
          TransferRecord.getDescriptor(), StateRecords.TRANSFER::decode,
          HandoverRecord.getDescriptor(), StateRecords.HANDOVER::decode,
          OutboundChannelRecord.getDescriptor(), StateRecords.OUTBOUND::decode,
          InboundChannelRecord.getDescriptor(), StateRecords.INBOUND::decode);

  @TempDir private Path root;
  private TestStores stores;
  private final TestLog log = new TestLog();

  @BeforeEach
  void open() {
    stores = new TestStores(root);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  static Set<Descriptor> rows() {
    return ROWS.keySet();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldNotReadARowThatHoldsAFieldMore(Descriptor row) {
    Consumer<byte[]> reader = requireNonNull(ROWS.get(row));

    assertThatThrownBy(() -> reader.accept(newField()))
        .isInstanceOf(NeedsNewerBuildFault.class)
        .hasMessageStartingWith("NEEDS_NEWER_BUILD: ")
        .hasMessageContaining("field 15000 of " + row.getFullName())
        .hasMessageNotContainingAny("corrupt", "wipe");
  }

  /** What is no part of an event can only be a row. */
  @Test
  void shouldKnowEveryKindOfRow() {
    Set<Descriptor> inEvents = new HashSet<>();
    addAll(EventBatch.getDescriptor(), inEvents);

    assertThat(LogProto.getDescriptor().getMessageTypes())
        .filteredOn(type -> !inEvents.contains(type))
        .isSubsetOf(ROWS.keySet());
  }

  private static void addAll(Descriptor type, Set<Descriptor> types) {
    if (types.add(type)) {
      type.getFields().stream()
          .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
          .forEach(field -> addAll(field.getMessageType(), types));
    }
  }

  @Test
  void shouldNotReadARowWithANewNumberOfAnEnum() {
    byte[] level = Level.newBuilder().setVersion(1).setStateValue(7).build().toByteArray();

    assertThatThrownBy(() -> StateRecords.stockLevel(level))
        .isInstanceOf(NeedsNewerBuildFault.class)
        .hasMessageContaining("the number 7 in holdfast.log.v1.Level.state");
  }

  @Test
  void shouldApplyNothingOfAnEntryThatItDoesNotFullyUnderstand() throws Exception {
    StateStore store = stores.open("a");
    apply(store, 1, 1, log.batch(TestLog.created("tea")));
    byte[] second = log.batch(TestLog.created("coffee"), TestLog.created("cocoa"));
    Map<String, String> before = StoreDump.of(store);

    for (byte[] newer : new byte[][] {withNewField(second), withNewFormat(second)}) {
      assertThatThrownBy(() -> apply(store, 2, 1, newer))
          .isInstanceOf(NeedsNewerBuildFault.class)
          .hasMessageStartingWith("NEEDS_NEWER_BUILD: entry 2 holds ");
    }

    assertThat(StoreDump.of(store)).isEqualTo(before);
    assertThat(store.needsNewerBuild()).contains("field 15000 of holdfast.log.v1.Level");
    assertThatThrownBy(() -> apply(store, 2, 1, second)).isInstanceOf(NeedsNewerBuildFault.class);
    // The newer build, which understands it, goes on where this one stopped.
    stores.close(store);
    assertThat(apply(stores.open("a"), 2, 1, second)).isTrue();
  }

  private static byte[] withNewField(byte[] encoded) throws IOException {
    EventBatch.Builder batch = EventBatch.parseFrom(encoded).toBuilder();
    batch
        .getEventsBuilder(1)
        .getItemCreatedBuilder()
        .getAfterBuilder()
        .setUnknownFields(UnknownFieldSet.parseFrom(newField()));
    return batch.build().toByteArray();
  }

  private static byte[] withNewFormat(byte[] encoded) throws IOException {
    return EventBatch.parseFrom(encoded).toBuilder().setFormat(2).build().toByteArray();
  }

  private static byte[] newField() {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    return UnknownFieldSet.newBuilder().addField(NEW_FIELD, field).build().toByteArray();
  }

  /** Applying is blind, so it would write the row anew without what it does not know. */
  @Test
  void shouldApplyNothingMoreOnceAReadMetARowThatItDoesNotFullyUnderstand() {
    StateStore store = stores.open("a");
    apply(store, 1, 1, log.batch(TestLog.created("tea")));
    StockKey tea = new StockKey("berlin", "tea");
    byte[] second = log.batch(TestLog.created("coffee"));
    put(store, Family.STOCK, StateKeys.of(tea), newField());

    assertThatThrownBy(() -> store.stock(tea)).isInstanceOf(NeedsNewerBuildFault.class);

    assertThat(store.needsNewerBuild()).startsWith("NEEDS_NEWER_BUILD: a stock record holds ");
    assertThatThrownBy(() -> apply(store, 2, 1, second)).isInstanceOf(NeedsNewerBuildFault.class);
    assertThat(store.applied().sequence()).isEqualTo(1);
  }

  @Test
  void shouldNotStartOnAHigherFormat() throws Exception {
    StateStore store = stores.open("a");
    put(store, Family.META, StateKeys.FORMAT, new byte[] {4});
    TestStores.flush(store);

    assertRefused(store, "format 4, above 3");
  }

  @Test
  void shouldNotStartOnAnAppliedStateThatHoldsAFieldMore() throws Exception {
    StateStore store = stores.open("a");
    put(store, Family.META, StateKeys.APPLIED, newField());
    TestStores.flush(store);

    assertRefused(store, "field 15000 of holdfast.log.v1.AppliedState");
  }

  @Test
  void shouldNotStartOnATableMore() throws Exception {
    StateStore store = stores.open("a");
    addTable(store, "promises");

    assertRefused(store, "the table promises");
  }

  private void assertRefused(StateStore store, String what) {
    stores.close(store);
    for (int attempt = 0; attempt < 2; attempt++) { // the first must not keep it locked
      assertThatThrownBy(
              () -> StateStore.open(root.resolve("a"), stores.memory(), TestKeys.usual()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("NEEDS_NEWER_BUILD: ")
          .hasMessageContaining(what)
          .hasMessageContaining("Install the newer build on this node")
          .hasMessageNotContainingAny("corrupt", "wipe", "\n");
    }
  }

  @Test
  void shouldKeepWhatItHasWhenASnapshotNeedsANewerBuild() throws Exception {
    StateStore leader = stores.open("leader");
    apply(leader, 1, 1, log.batch(TestLog.created("tea")));
    put(leader, Family.META, StateKeys.FORMAT, new byte[] {4});
    leader.checkpoint(root.resolve("checkpoint"));
    StateStore behind = stores.open("behind");
    Map<String, String> before = StoreDump.of(behind);

    assertThatThrownBy(() -> behind.install(root.resolve("checkpoint"), 1))
        .isInstanceOf(NeedsNewerBuildFault.class);

    assertThat(behind.needsNewerBuild()).contains("format 4, above 3");
    assertThat(StoreDump.of(behind)).isEqualTo(before);
    stores.close(behind);
    assertThat(StoreDump.of(stores.open("behind"))).isEqualTo(before);
  }

  private static void addTable(StateStore store, String name) {
    store.read(
        db -> {
          try {
            ColumnFamilyHandle added =
                db.db().createColumnFamily(new ColumnFamilyDescriptor(name.getBytes(US_ASCII)));
            added.close();
            return true;
          } catch (org.rocksdb.RocksDBException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void put(StateStore store, Family<?, ?> family, byte[] key, byte[] value) {
    store.read(db -> Tampering.put(db, family, key, value));
  }
}
