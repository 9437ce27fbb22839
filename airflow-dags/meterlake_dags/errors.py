"""The one error of configuration and input."""


class ConfigError(ValueError):
    """Something that a person has to mend; says what and how."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(f"{message}\nFix: {fix}")
