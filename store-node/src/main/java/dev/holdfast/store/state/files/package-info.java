/** Files beside the database, replaced in one durable step. */
@NullMarked
package dev.holdfast.store.state.files;

import org.jspecify.annotations.NullMarked;
