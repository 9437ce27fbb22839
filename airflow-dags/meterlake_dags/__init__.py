"""What the DAGs share: configuration, the market's calendar, the meterlake command, and alarms.

Nothing here reads or writes anything when it is imported.
"""
