package dev.holdfast.common.domain;

/** A constant with the number that it is persisted with. Numbers are forever. */
interface Numbered {
  int number();
}
