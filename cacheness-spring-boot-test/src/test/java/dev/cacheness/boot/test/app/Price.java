package dev.cacheness.boot.test.app;

import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import java.time.LocalDate;

public record Price(@PartitionKey String symbol, @RangeKey LocalDate date, double close) {}
