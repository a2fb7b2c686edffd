package dev.holdfast.deploy.advisories;

/**
 * A library that is here.
 *
 * @param place ends with the folders of its group and its artifact, as in a Maven repository
 * @param in the file that it is, or in which another one holds it
 */
record Library(String place, Version version, String in) {
  private static final String ANY_GROUP = "*/";

  static Library named(String name, String version, String in) {
    return new Library("/" + folders(name), new Version(version), in);
  }

  /** One of which only the file is known: it may be of any group. */
  static Library ofAnyGroup(String artifact, String version, String in) {
    return new Library(ANY_GROUP + artifact, new Version(version), in);
  }

  /** Whether it is the one that is named group:artifact, or may be. */
  boolean isNamed(String name) {
    return place.endsWith("/" + folders(name))
        || place.equals(ANY_GROUP + name.substring(name.indexOf(':') + 1));
  }

  private static String folders(String name) {
    int colon = name.indexOf(':');
    return name.substring(0, colon).replace('.', '/') + "/" + name.substring(colon + 1);
  }
}
