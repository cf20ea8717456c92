package dev.cacheness.sample.airports;

import dev.cacheness.sql.CacheTable;
import dev.cacheness.sql.PartitionKey;

@CacheTable("airport")
record Airport(
        @PartitionKey String iata,
        String name,
        String city,
        String state,
        String country,
        double latitude,
        double longitude) {}
