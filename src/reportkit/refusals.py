"""What ends a task. The texts are for the user, in Chinese."""


class CannotDo(Exception):
    """The task cannot be done; the text says why and what to do."""


class ErrorsStand(CannotDo):
    """A final document is refused because the submission has errors."""
