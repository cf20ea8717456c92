package dev.cacheness.boot.test.app;

import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.FetchRequest;
import org.springframework.stereotype.Component;

/** Would ask the network. */
@Component("prices")
public class RealSource implements DataFetcher<Price> {

    @Override
    public Object fetch(FetchRequest request) {
        throw new IllegalStateException("A test must not get here");
    }
}
