package dev.holdfast.common.domain;

/**
 * One hand-over of a partition.
 *
 * @param number gapless from 1 for each destination partition
 */
public record HandoverKey(int destinationPartition, long number) {}
