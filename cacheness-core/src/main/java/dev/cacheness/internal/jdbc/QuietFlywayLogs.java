package dev.cacheness.internal.jdbc;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Flyway has to say about the index, at DEBUG: what fails comes as an exception anyway. Public because Flyway creates it by name. */
public final class QuietFlywayLogs implements LogCreator {

    @Override
    public Log createLogger(Class<?> type) {
        return new QuietLog(LoggerFactory.getLogger(type));
    }

    private record QuietLog(Logger logger) implements Log {

        @Override
        public void debug(String message) {
            logger.debug(message);
        }

        @Override
        public void info(String message) {
            logger.debug(message);
        }

        @Override
        public void warn(String message) {
            logger.debug(message);
        }

        @Override
        public void error(String message) {
            logger.debug(message);
        }

        @Override
        public void error(String message, Exception e) {
            logger.debug(message, e);
        }

        @Override
        public void notice(String message) {
            logger.debug(message);
        }
    }
}
