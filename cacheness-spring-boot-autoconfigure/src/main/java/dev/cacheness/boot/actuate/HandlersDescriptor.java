package dev.cacheness.boot.actuate;

import dev.cacheness.spi.HandlerDescription;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The handlers of values, as the endpoint shows them.
 *
 * @param handlers in the order in which they are asked
 */
public record HandlersDescriptor(List<HandlerDescription> handlers) implements OperationResponseBody {}
