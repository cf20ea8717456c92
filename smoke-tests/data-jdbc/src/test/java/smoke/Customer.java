package smoke;

/** An entity that no annotation marks, so that its repository is found only while a single Spring Data module is there. */
record Customer(Long id, String name) {}
