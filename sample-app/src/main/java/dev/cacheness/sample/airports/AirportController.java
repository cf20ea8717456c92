package dev.cacheness.sample.airports;

import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sample.web.ProviderUse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/airports")
class AirportController {

    private static final Pattern STATE = Pattern.compile("[A-Za-z]{2}");

    private final AirportService airports;

    AirportController(AirportService airports) {
        this.airports = airports;
    }

    @GetMapping
    List<Airport> airports(@RequestParam String state, HttpServletResponse response) {
        var use = new ProviderUse();
        List<Airport> found = airports.airports(keyOf(state), use);
        use.writeTo(response);
        return found;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void evict(@RequestParam String state) {
        airports.evict(keyOf(state));
    }

    private static AirportsKey keyOf(String state) {
        if (!STATE.matcher(state).matches()) {
            throw ProblemException.badRequest("The parameter 'state' must be two letters, such as TX");
        }
        return new AirportsKey(state);
    }
}
