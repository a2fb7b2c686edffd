package dev.holdfast.deploy.advisories;

/**
 * A library that is here.
 *
 * @param place ends with the folders of its group and its artifact, as in a Maven repository
 * @param in the file that it is, or in which another one holds it
 */
record Library(String place, Version version, String in) {
  static Library named(String name, String version, String in) {
    return new Library("/" + folders(name), new Version(version), in);
  }

  /** Whether it is the one that is named group:artifact. */
  boolean isNamed(String name) {
    return place.endsWith("/" + folders(name));
  }

  private static String folders(String name) {
    int colon = name.indexOf(':');
    return name.substring(0, colon).replace('.', '/') + "/" + name.substring(colon + 1);
  }
}
