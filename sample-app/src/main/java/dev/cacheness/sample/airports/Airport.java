package dev.cacheness.sample.airports;

record Airport(
        String iata, String name, String city, String state, String country, double latitude, double longitude) {}
