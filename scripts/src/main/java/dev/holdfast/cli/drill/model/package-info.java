/**
 * The reference model: what an inventory must answer, written from the comments of the protos with
 * plain maps.
 */
@NullMarked
package dev.holdfast.cli.drill.model;

import org.jspecify.annotations.NullMarked;
