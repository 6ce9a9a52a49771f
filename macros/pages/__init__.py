"""What a page in docs/ may say: the macros, filled in, and every mistake by line."""
