package smoke;

import org.springframework.data.repository.CrudRepository;

/** A repository of the application. */
interface CustomerRepository extends CrudRepository<Customer, Long> {}
