"""How the lines of a table relate: what adds up to what, what is a change or a share of what."""
