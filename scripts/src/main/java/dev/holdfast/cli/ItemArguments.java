package dev.holdfast.cli;

import picocli.CommandLine.Parameters;

/** The item that a command is about: its first two words. */
public final class ItemArguments {
  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(index = "1", paramLabel = "SKU", description = "the SKU")
  private String sku = "";

  public String store() {
    return store;
  }

  public String sku() {
    return sku;
  }
}
