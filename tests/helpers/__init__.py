"""What several tests need: copies of the project, sample texts, and questions to a browser."""
