"""What checks: `check` is what publishing waits for, the rest is what the template waits for."""
