package dev.cacheness.sample;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.cache.annotation.EnableCaching;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableCaching
public class SampleApplication {

    public static void main(String[] args) {
        var application = new SpringApplication(SampleApplication.class);
        // The default cache directory is the same from wherever the application is started.
        application.setDefaultProperties(Map.of("sample.home", new ApplicationHome(SampleApplication.class).getDir()));
        application.run(args);
    }
}
