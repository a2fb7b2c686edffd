package dev.holdfast.cli.imports;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.Command;

/** One line of the file, ready to be sent. */
record Movement(long line, MovementKind kind, StockKey item, Command command) {}
