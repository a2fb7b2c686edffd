package dev.holdfast.common.crypt;

/**
 * A key of a database, encrypted by a master key.
 *
 * @param master id of the master key
 * @param bytes in the form of the vault that wrapped it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WrappedKey(String master, byte[] bytes) {}
