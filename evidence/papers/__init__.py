"""Papers of a case: certificates, and what goes to and comes back from laboratories."""
