package dev.cacheness.sample.airports;

import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sample.web.SourceUse;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheResult;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looks up airports by code. A code that the provider does not know is remembered as such. */
@RestController
@RequestMapping("/api/airports")
class AirportCodeController {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{3,4}");

    private static final int MAX_CODES = 100;

    private final SqlCache<Airport> airports;

    AirportCodeController(SqlCache<Airport> airports) {
        this.airports = airports;
    }

    @GetMapping("/{iata}")
    Airport airport(@PathVariable String iata, HttpServletResponse response) {
        List<Airport> found = find(List.of(iata), response);
        if (found.isEmpty()) {
            throw ProblemException.notFound("There is no airport " + iata);
        }
        return found.get(0);
    }

    /** Those of the airports that there are. */
    @GetMapping(params = "iata")
    List<Airport> airports(@RequestParam List<String> iata, HttpServletResponse response) {
        return find(iata, response);
    }

    private List<Airport> find(List<String> codes, HttpServletResponse response) {
        if (codes.isEmpty() || codes.size() > MAX_CODES) {
            throw ProblemException.badRequest("Ask for 1 to " + MAX_CODES + " airports at once");
        }
        SqlCacheResult<Airport> result = airports.query()
                .in("iata", codes.stream().map(AirportCodeController::code).toList())
                .result();
        SourceUse.keys(result.fetched(), "iata", response);
        return result.rows();
    }

    private static String code(String iata) {
        if (!CODE.matcher(iata).matches()) {
            throw ProblemException.badRequest("The code of an airport is three or four letters or digits, such as DAL");
        }
        return iata.toUpperCase(Locale.ROOT);
    }
}
