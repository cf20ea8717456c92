package dev.cacheness.sample.entries;

import dev.cacheness.jpa.CacheEntryRepository;
import dev.cacheness.sample.web.ProblemException;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/cache")
class CacheController {

    private static final int MAX_LIMIT = 100;

    private final CacheEntryRepository entries;

    CacheController(CacheEntryRepository entries) {
        this.entries = entries;
    }

    @GetMapping("/largest")
    List<LargeEntry> largest(@RequestParam(defaultValue = "10") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.badRequest("The parameter 'limit' must be 1 to " + MAX_LIMIT);
        }
        return entries.findByOrderBySizeBytesDescDigestAsc(Limit.of(limit)).stream()
                .map(LargeEntry::of)
                .toList();
    }
}
