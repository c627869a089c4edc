"""From many submissions the first draft of the report above them."""
