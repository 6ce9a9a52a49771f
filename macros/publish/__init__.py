"""What is done to the built pages before they are published."""
