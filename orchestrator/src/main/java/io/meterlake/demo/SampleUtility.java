package io.meterlake.demo;

import java.time.LocalDate;
import java.util.Optional;

/** A utility that does not exist and the files that it sends. Implementations are immutable. */
interface SampleUtility {
    /** Its name, which is also its folder's. */
    String name();

    /** The mapping that its files are read with, as YAML; empty if their format needs none. */
    Optional<byte[]> mapping();

    /** The name of the file with a day's readings. */
    String deliveryName(LocalDate day);

    /** The readings of a day, as known on the morning after; empty if there are none, and then no file is sent. */
    Optional<byte[]> delivery(LocalDate day);

    /** The name of the file with the corrections. */
    String correctionName();

    /** What turned out later about the days of the week; empty if nothing did, and then no file is sent. */
    Optional<byte[]> correction();
}
