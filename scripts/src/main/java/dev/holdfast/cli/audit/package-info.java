/** Reads and checks the audit streams of nodes, from their files. */
@NullMarked
package dev.holdfast.cli.audit;

import org.jspecify.annotations.NullMarked;
