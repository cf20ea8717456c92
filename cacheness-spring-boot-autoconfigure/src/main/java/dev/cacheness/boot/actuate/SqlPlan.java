package dev.cacheness.boot.actuate;

import dev.cacheness.sql.FetchPlan;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a query would do now.
 *
 * @param hit whether it would be answered without the source
 * @param missing what is not fresh
 * @param calls what the source would be asked for
 * @param reasons why
 */
public record SqlPlan(
        boolean hit, List<SqlRangeDescriptor> missing, List<SqlRangeDescriptor> calls, List<String> reasons)
        implements OperationResponseBody {

    static SqlPlan of(FetchPlan plan) {
        return new SqlPlan(
                plan.isHit(),
                SqlRangeDescriptor.all(plan.missing()),
                SqlRangeDescriptor.all(plan.calls()),
                plan.reasons());
    }
}
