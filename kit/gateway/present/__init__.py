"""From the ledger's values to the wire's documents, and nowhere else."""
