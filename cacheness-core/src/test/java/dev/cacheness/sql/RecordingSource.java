package dev.cacheness.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A source that is a function of the request, records what it is asked, and fails when told to. */
final class RecordingSource<T> implements DataFetcher<T> {

    private final Function<FetchRequest, ?> rows;

    private final List<FetchRequest> requests = Collections.synchronizedList(new ArrayList<>());

    private volatile Function<FetchRequest, Exception> fault = request -> null;

    RecordingSource(Function<FetchRequest, ?> rows) {
        this.rows = rows;
    }

    @Override
    public Object fetch(FetchRequest request) throws Exception {
        requests.add(request);
        Exception failure = fault.apply(request);
        if (failure != null) {
            throw failure;
        }
        return rows.apply(request);
    }

    void failWhen(Function<FetchRequest, Exception> condition) {
        fault = condition;
    }

    void fail() {
        failWhen(request -> new java.io.IOException("source is down"));
    }

    void recover() {
        failWhen(request -> null);
    }

    List<FetchRange> calls() {
        return requests.stream().map(FetchRequest::range).toList();
    }

    List<String> callTexts() {
        return requests.stream()
                .map(request -> new PartitionRange(request.partitions().get(0), request.range()).toString())
                .toList();
    }

    List<FetchRequest> requests() {
        return List.copyOf(requests);
    }

    void forget() {
        requests.clear();
    }
}
