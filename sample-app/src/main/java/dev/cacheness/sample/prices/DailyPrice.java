package dev.cacheness.sample.prices;

import java.time.LocalDate;

record DailyPrice(LocalDate date, double high, double low, double close) {}
