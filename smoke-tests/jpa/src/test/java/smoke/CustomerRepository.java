package smoke;

import org.springframework.data.jpa.repository.JpaRepository;

/** A repository of the application. */
interface CustomerRepository extends JpaRepository<Customer, Long> {}
