package smoke;

import org.springframework.data.annotation.Id;

/** Bears no annotation of Spring Data JDBC, so that its repository is found only while no other Spring Data module is there. */
record Customer(@Id Long id, String name) {}
