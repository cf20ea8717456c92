package dev.cacheness.sample.prices;

import dev.cacheness.sql.CacheTable;
import dev.cacheness.sql.RangeKey;
import java.time.LocalDate;

@CacheTable("daily_price")
record DailyPrice(@RangeKey LocalDate date, double high, double low, double close) {}
