/** The settings of an aggregator node. */
@NullMarked
package dev.holdfast.aggregator.config;

import org.jspecify.annotations.NullMarked;
