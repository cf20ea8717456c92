package dev.cacheness.boot.test;

import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.FetchRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A source for tests: a function of the request, which records what it is asked and fails when it is told to. Safe for use by several threads.
 *
 * @param <T> the type of a row
 */
public final class RecordingSource<T> implements DataFetcher<T> {

    private record Fault(Predicate<FetchRequest> condition, Exception failure) {}

    private final Function<FetchRequest, ? extends Object> rows;

    private final List<FetchRequest> requests = new CopyOnWriteArrayList<>();

    private volatile @Nullable Fault fault;

    private RecordingSource(Function<FetchRequest, ? extends Object> rows) {
        this.rows = rows;
    }

    /** A source of rows. @param rows all rows of a request; should depend on nothing else */
    public static <T> RecordingSource<T> of(Function<FetchRequest, ? extends Iterable<? extends T>> rows) {
        return new RecordingSource<>(rows);
    }

    /** A source that has nothing. */
    public static <T> RecordingSource<T> empty() {
        return of(request -> List.of());
    }

    @Override
    public Object fetch(FetchRequest request) throws Exception {
        requests.add(request);
        Fault current = fault;
        if (current != null && current.condition().test(request)) {
            throw current.failure();
        }
        return rows.apply(request);
    }

    /** Lets calls fail, until {@link #recover()}. */
    public void failWith(Exception failure) {
        failWhen(request -> true, failure);
    }

    /** Lets some calls fail, until {@link #recover()}. */
    public void failWhen(Predicate<FetchRequest> condition, Exception failure) {
        fault = new Fault(condition, failure);
    }

    /** Lets calls succeed again. */
    public void recover() {
        fault = null;
    }

    /** What was asked, in this order: {@code symbol=AAPL [2024-01-06, 2024-01-20)}. */
    public List<String> calls() {
        return requests.stream().map(RecordingSource::text).toList();
    }

    private static String text(FetchRequest request) {
        String partitions = request.partitions().stream().map(Object::toString).collect(Collectors.joining("; "));
        return (partitions + " " + request.range()).strip();
    }

    /** The ranges that were asked for, in this order. */
    public List<FetchRange> ranges() {
        return requests.stream().map(FetchRequest::range).toList();
    }

    /** All requests, in this order. */
    public List<FetchRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets what was asked so far. */
    public void forget() {
        requests.clear();
    }
}
