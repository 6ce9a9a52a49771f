"""What an editor says of a definition: `make editors`."""
