package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewRecords;
import java.util.function.Function;

/**
 * The collaborators of the writer.
 *
 * @param progress with its partitions known
 * @param projections what folds; tests have others that err
 */
public record WriterParts(
    Inbox inbox,
    ViewStorage storage,
    ViewProgress progress,
    IngestMetrics metrics,
    DeadLetters letters,
    Function<ViewRecords, Projection> projections) {}
