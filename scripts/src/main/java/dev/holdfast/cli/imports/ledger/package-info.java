/**
 * This machine's record of its imports: enough to recognise a file that was imported before, and to
 * know the outcomes of its lines after the nodes have forgotten them.
 */
@NullMarked
package dev.holdfast.cli.imports.ledger;

import org.jspecify.annotations.NullMarked;
