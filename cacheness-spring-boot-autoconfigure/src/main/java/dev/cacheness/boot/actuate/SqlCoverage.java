package dev.cacheness.boot.actuate;

import dev.cacheness.sql.CoveredRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a cache has asked its source for.
 *
 * @param total how many ranges there are
 * @param ranges the first of them
 */
public record SqlCoverage(int total, List<Range> ranges) implements OperationResponseBody {

    private static final int DEFAULT_LIMIT = 100;

    /**
     * A range that was asked for and answered.
     *
     * @param range the range
     * @param fetchedAt when
     * @param expiresAt until when it is fresh, null for ever
     * @param provisional whether it may still change
     * @param fresh whether a query now would use it
     */
    public record Range(
            SqlRangeDescriptor range,
            Instant fetchedAt,
            @Nullable Instant expiresAt,
            boolean provisional,
            boolean fresh) {

        static Range of(CoveredRange covered) {
            return new Range(
                    SqlRangeDescriptor.of(covered.partition().toString(), covered.range()),
                    covered.fetchedAt(),
                    covered.expiresAt(),
                    covered.provisional(),
                    covered.fresh());
        }
    }

    static SqlCoverage of(List<CoveredRange> covered, @Nullable Integer limit) {
        if (limit != null && limit < 1) {
            String reason = "The limit must be 1 or more, but is " + limit;
            throw new InvalidEndpointRequestException(reason, reason);
        }
        return new SqlCoverage(
                covered.size(),
                covered.stream()
                        .limit(limit == null ? DEFAULT_LIMIT : limit)
                        .map(Range::of)
                        .toList());
    }
}
