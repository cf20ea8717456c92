package dev.cacheness.sample.airports;

import dev.cacheness.sample.source.CsvRow;
import dev.cacheness.sample.source.SlowSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Knows all airports, and takes its time. */
@Component
class AirportProvider {

    private final SlowSource source;

    AirportProvider(SlowSource source) {
        this.source = source;
    }

    /** The airports of a state in order of their codes; empty if there is no such state. */
    List<Airport> airportsIn(String state) {
        return airports(airport -> airport.state().equals(state));
    }

    /** The airports with these codes; codes that are not known are left out. */
    List<Airport> airportsOf(Collection<String> codes) {
        return airports(airport -> codes.contains(airport.iata()));
    }

    private List<Airport> airports(Predicate<Airport> wanted) {
        return source.rows("airports.csv").stream()
                .map(AirportProvider::toAirport)
                .filter(wanted)
                .toList();
    }

    private static Airport toAirport(CsvRow row) {
        return new Airport(
                row.text("iata"),
                row.text("name"),
                row.text("city"),
                row.text("state"),
                row.text("country"),
                row.number("latitude"),
                row.number("longitude"));
    }
}
