package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.PartitionProgress;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.ReservationsProof;
import dev.holdfast.aggregator.invariant.TotalsProof;
import dev.holdfast.aggregator.invariant.TransfersProof;
import dev.holdfast.aggregator.invariant.VerifiedPart;
import dev.holdfast.aggregator.invariant.ViolationLog;
import dev.holdfast.aggregator.proof.SyncSwitch;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.aggregator.source.TailStatus;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsResponse;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.RebuildResponse;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import dev.holdfast.proto.aggregator.v1.Violation;
import java.util.List;
import java.util.function.LongSupplier;

/** From sync and proofs to responses. */
final class SyncAnswers {
  private static final long NOT_KNOWN = -1;

  private final ViewProgress progress;
  private final ViolationLog violations;
  private final LongSupplier parkedChanges;
  private final ViewAges ages;

  SyncAnswers(
      ViewProgress progress, ViolationLog violations, LongSupplier parkedChanges, Ticker ticker) {
    this.progress = progress;
    this.violations = violations;
    this.parkedChanges = parkedChanges;
    this.ages = new ViewAges(progress, ticker);
  }

  /** While the cluster was not met. */
  GetSyncStatusResponse nothing() {
    return counts().build();
  }

  private GetSyncStatusResponse.Builder counts() {
    return GetSyncStatusResponse.newBuilder()
        .setParkedChanges(parkedChanges.getAsLong())
        .setOpenViolations(violations.openCount());
  }

  GetSyncStatusResponse status(SyncSwitch sync, FeedTails tails) {
    var response = counts().setRunning(sync.isRunning());
    tails.statuses().forEach(tail -> response.addPartitions(partition(tail)));
    return response.build();
  }

  private PartitionSync partition(TailStatus tail) {
    PartitionProgress part = progress.of(tail.partition());
    ViewCursor cursor = part.cursor();
    return PartitionSync.newBuilder()
        .setPartition(tail.partition())
        .setNodeId(tail.nodeId())
        .setConnected(tail.connected())
        .setCursor(cursor.sequence())
        .setHead(part.headSequence().orElse(NOT_KNOWN))
        .setLagEvents(part.lagEvents().orElse(NOT_KNOWN))
        .setAgeMillis(ages.millis(tail.partition()))
        .setLastError(error(tail))
        .setUntrusted(cursor.trust().untrusted())
        .setProvenSequence(cursor.trust().provenSequence())
        .setDigest(StateDigestCodec.toProto(cursor.digest()))
        .setPaused(part.paused())
        .build();
  }

  private static String error(TailStatus tail) {
    if (tail.fault() != null) {
      return tail.fault();
    }
    return tail.lastError() == null ? "" : tail.lastError();
  }

  RebuildResponse rebuilt(PartProof proof) {
    return RebuildResponse.newBuilder().setProof(proof(proof)).build();
  }

  static PartitionProof proof(VerifiedPart verified) {
    return proof(verified.view()).toBuilder()
        .setReservations(proof(verified.reservations()))
        .build();
  }

  private static dev.holdfast.proto.aggregator.v1.ReservationsProof proof(ReservationsProof proof) {
    return dev.holdfast.proto.aggregator.v1.ReservationsProof.newBuilder()
        .setOpen(proof.open())
        .setHeld(proof.held())
        .setReserved(proof.reserved())
        .addAllDifferences(proof.differences())
        .setEqual(proof.isEqual())
        .build();
  }

  private static PartitionProof proof(PartProof proof) {
    var response =
        PartitionProof.newBuilder()
            .setPartition(proof.at().partition())
            .setSequence(proof.at().sequence())
            .setNodeId(proof.at().nodeId())
            .setView(StateDigestCodec.toProto(proof.view()))
            .setStores(StateDigestCodec.toProto(proof.stores()))
            .setEqual(proof.isEqual())
            .setItemsDiffering(proof.wrong().count())
            .setItemsParked(proof.parked().count())
            .setRepaired(proof.repaired());
    proof.wrong().named().forEach(found -> response.addDifferences(difference(found)));
    proof.parked().named().forEach(found -> response.addParked(difference(found)));
    return response.build();
  }

  static dev.holdfast.proto.aggregator.v1.TransfersProof proof(TransfersProof proof) {
    return dev.holdfast.proto.aggregator.v1.TransfersProof.newBuilder()
        .setNetShipped(proof.netShipped())
        .setInTransit(proof.inTransit())
        .addAllDifferences(proof.differences())
        .setEqual(proof.isEqual())
        .build();
  }

  static dev.holdfast.proto.aggregator.v1.TotalsProof proof(TotalsProof proof) {
    return dev.holdfast.proto.aggregator.v1.TotalsProof.newBuilder()
        .setSkus(proof.skus())
        .setOnHand(proof.onHand())
        .setReserved(proof.reserved())
        .addAllDifferingSkus(proof.differing())
        .setEqual(proof.isEqual())
        .build();
  }

  private static dev.holdfast.proto.aggregator.v1.Difference difference(Difference difference) {
    var response =
        dev.holdfast.proto.aggregator.v1.Difference.newBuilder()
            .setStore(difference.item().store())
            .setSku(difference.item().sku());
    if (difference.view() != null) {
      response.setView(stock(difference.view()));
    }
    if (difference.stores() != null) {
      response.setStores(stock(difference.stores()));
    }
    return response.build();
  }

  private static RecordedStock stock(StockLevel level) {
    return RecordedStock.newBuilder()
        .setOnHand(level.onHand())
        .setReserved(level.reserved())
        .setVersion(level.version())
        .setNetShipped(level.netShipped())
        .setSafetyStock(level.safetyStock())
        .setState(LevelCodec.toProto(level).getState())
        .build();
  }

  /** As many as an answer holds; at least one. */
  ListViolationsResponse violations(List<dev.holdfast.aggregator.invariant.Violation> page) {
    var response = ListViolationsResponse.newBuilder();
    int bytes = 0;
    for (dev.holdfast.aggregator.invariant.Violation found : page) {
      Violation violation = violation(found);
      bytes += violation.getSerializedSize();
      if (bytes > GlobalStockService.ANSWER_BYTES_MAX && response.getViolationsCount() > 0) {
        break;
      }
      response.addViolations(violation);
    }
    return response.build();
  }

  private static Violation violation(dev.holdfast.aggregator.invariant.Violation violation) {
    var response =
        Violation.newBuilder()
            .setId(violation.id())
            .setPartition(violation.check().partition())
            .setSequence(violation.check().sequence())
            .setFoundMillis(violation.foundMillis())
            .setExpected(StateDigestCodec.toProto(violation.check().expected()))
            .setFound(StateDigestCodec.toProto(violation.check().found()))
            .setRepairedMillis(violation.repairedMillis());
    violation.differences().forEach(found -> response.addDifferences(difference(found)));
    return response.build();
  }
}
