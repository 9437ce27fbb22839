-- The macros market_day_minutes and intervals_in on days whose answer is known.
with days (reading_date, time_zone, interval_minutes, day_minutes, day_intervals) as (

    values
    (date '2026-01-25', 'Europe/Berlin', 15, 1440, 96),
    (date '2026-03-29', 'Europe/Berlin', 15, 1380, 92),
    (date '2026-10-25', 'Europe/Berlin', 15, 1500, 100),
    (date '2026-10-25', 'Europe/Berlin', 60, 1500, 25),
    (date '2026-03-29', 'Europe/Berlin', 1440, 1380, 1),
    (date '2026-10-25', 'Europe/Berlin', 1440, 1500, 1),
    (date '2026-10-04', 'Australia/Sydney', 30, 1380, 46),
    (date '2026-10-04', 'Australia/Brisbane', 30, 1440, 48),
    (date '2026-10-04', '+10:00', 5, 1440, 288),
    (date '2026-04-05', 'Australia/Lord_Howe', 30, 1470, 49)

),

computed as (

    select
        reading_date,
        time_zone,
        interval_minutes,
        day_minutes,
        day_intervals,
        {{ market_day_minutes('reading_date', 'time_zone') }} as computed_minutes,
        {{ intervals_in(market_day_minutes('reading_date', 'time_zone'), 'interval_minutes') }} as computed_intervals
    from days

)

select
    reading_date,
    time_zone,
    interval_minutes,
    day_minutes,
    computed_minutes,
    day_intervals,
    computed_intervals
from computed
where computed_minutes <> day_minutes or computed_intervals <> day_intervals
